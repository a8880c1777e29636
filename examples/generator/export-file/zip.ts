/** Writes zips; every part of an entry can be described wrongly, for files that are broken on purpose. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly stored?: boolean;
  /** What the directory says, where it lies. */
  readonly claims?: { readonly crc?: number; readonly size?: number; readonly flags?: number };
}

const method = { stored: 0, deflated: 8 };
const utf8Names = 0x0800;
/** 17 November 2026, midnight: a zip that is written again is the same. */
const dosDate = ((2026 - 1980) << 9) | (11 << 5) | 17;

export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, claims = {} } of entries) {
    const fileName = Buffer.from(name, 'utf8');
    const data = stored ? Buffer.from(content) : deflateRawSync(content, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(claims.flags ?? utf8Names, 2);
    common.writeUInt16LE(stored ? method.stored : method.deflated, 4);
    common.writeUInt16LE(dosDate, 8);
    common.writeUInt32LE(claims.crc ?? crc32(content), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claims.size ?? content.length, 18);
    common.writeUInt16LE(fileName.length, 22);
    parts.push(signed(0x04034b50), common, fileName, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(signed(0x02014b50), uint16(20), common, rest, fileName);
    offset += 30 + fileName.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, signed(0x06054b50), end]);
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
