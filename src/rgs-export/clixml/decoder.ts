import { TextDecoder } from 'node:util';
import { MalformedExportError } from '../malformed-export-error.js';

/** Export-Clixml writes UTF-16 with a byte order mark by default, other encodings on request. */
function encodingOf(start: Uint8Array): string {
  const [one, two] = start;
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  // Without a mark, the "<" that XML begins with shows the encoding.
  if (one === 0x3c && two === 0x00) return 'utf-16le';
  if (one === 0x00 && two === 0x3c) return 'utf-16be';
  return 'utf-8';
}

/** Decodes the bytes of a file, which come in pieces of any size. */
export class TextPieces {
  private decoder: TextDecoder | null = null;
  private start: Uint8Array = new Uint8Array(0);

  constructor(private readonly entry: string) {}

  text(chunk: Uint8Array): string {
    if (this.decoder !== null) return this.decoded(this.decoder, chunk);
    this.start = Buffer.concat([this.start, chunk]);
    if (this.start.length < 2) return '';
    this.decoder = new TextDecoder(encodingOf(this.start), { fatal: true });
    return this.decoded(this.decoder, this.start);
  }

  end(): string {
    const decoder = this.decoder ?? new TextDecoder('utf-8', { fatal: true });
    return this.decoded(decoder, this.decoder === null ? this.start : new Uint8Array(0), false);
  }

  private decoded(decoder: TextDecoder, bytes: Uint8Array, stream = true): string {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      throw new MalformedExportError(`holds bytes that are no ${decoder.encoding.toUpperCase()} text.`, {
        entry: this.entry,
      });
    }
  }
}
