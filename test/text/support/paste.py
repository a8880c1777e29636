"""Types lines into an interactive PowerShell on a pseudo-terminal, as a terminal without bracketed paste does.

Arguments: pwsh, a script to begin with, and a file of lines with NUL between them. Prints what the terminal showed.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios

pwsh, begin, source = sys.argv[1:4]
lines = open(source, encoding="utf-8", newline="").read().split("\x00")
child, terminal = pty.fork()
if child == 0:
    os.execvp(pwsh, [pwsh, "-NoLogo", "-NoProfile", "-NoExit", "-File", begin])

# Seconds without any output after which nothing more is waited for.
patience = 120
shown = b""
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 1000, 0, 0))


def listen(enough):
    """Reads until enough() holds; answers the terminal's question where the cursor is."""
    global shown
    while not enough():
        ready, _, _ = select.select([terminal], [], [], patience)
        if not ready:
            return
        try:
            part = os.read(terminal, 65536)
        except OSError:
            return
        if not part:
            return
        shown += part
        for _ in range(part.count(b"\x1b[6n")):
            os.write(terminal, b"\x1b[1;1R")


listen(lambda: b"READY>" in shown)
for line in lines:
    before = shown.count(b"READY>")
    typed = line.encode() + b"\r"
    while typed:
        typed = typed[os.write(terminal, typed[:256]):]
    listen(lambda: shown.count(b"READY>") > before)
os.kill(child, 9)
os.waitpid(child, 0)
sys.stdout.buffer.write(shown)
