import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { getCmdlet } from '../../policy/cmdlets.js';
import { recording } from '../../projections/runbook/record.js';
import { notRun } from '../store/support/checks.js';
import { environment, noPwsh, pwsh, within } from './support/pwsh.js';

// The first two ran a command when they were printed raw.
const texts = [
  'x\u0003Write-Output ("PWN"+42)\r',
  'x\u001BWrite-Output ("PWN"+42)\r',
  'a\nRemove-Item b\n',
  '\u202E"; whoami #\u201D\t\u007F\u009B2J',
  "sip:x';whoami;#@x.com",
];
const lines = texts.flatMap((name) => [
  getCmdlet({ kind: 'queue', parent: 'a.contoso.com', owner: 'a.contoso.com', name }),
  recording('register-agent', { agent: name, homePool: 'a.contoso.com' }).powershell,
]);
const unitsOf = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)).join();

const hasPython = spawnSync('python3', ['-c', 'import pty, termios']).status === 0;
const missing = pwsh === null ? noPwsh : hasPython ? null : 'there is no python3 to make a terminal';

describe('A line that is typed into an interactive PowerShell without bracketed paste', () => {
  for (const mode of ['Windows', 'Emacs']) {
    if (missing !== null) {
      notRun(`is that line and nothing else (${mode} keys)`, missing);
      continue;
    }
    it(`is that line and nothing else (${mode} keys)`, () => {
      const given = within((folder) => {
        const [from, to] = [join(folder, 'lines'), join(folder, 'given')];
        writeFileSync(from, lines.join('\0'));
        const support = join(import.meta.dirname, 'support');
        const typed = spawnSync(
          'python3',
          [join(support, 'paste.py'), pwsh ?? '', join(support, 'begin.ps1'), from],
          { env: { ...environment(folder), PASTED: to, EDIT_MODE: mode, TERM: 'xterm' }, encoding: 'utf8' },
        );
        return existsSync(to)
          ? readFileSync(to, 'utf8').split('\n').slice(0, -1)
          : [typed.stdout, typed.stderr];
      });
      const texted = (name: string, ...of: readonly string[]): string => [name, ...of.map(unitsOf)].join(' ');
      expect(given).toEqual(
        texts.flatMap((name, index) => [
          texted('queue', '-Identity', 'service:ApplicationServer:a.contoso.com', '-Name', name),
          texted(
            'poolkeeper',
            'register-agent',
            '--stdin',
            /^'(.*)' \|/.exec(lines[index * 2 + 1] ?? '')?.[1] ?? '',
          ),
        ]),
      );
    });
  }
});
