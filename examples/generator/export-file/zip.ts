/** Writes zips; every part of an entry can be described wrongly, for files that are broken on purpose. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly stored?: boolean;
  /** What a clock showed when it was written: `2026-11-17T01:00:00`. */
  readonly wall?: string;
  /** Seconds since 1970, in the field that tools of Unix add. */
  readonly unixTime?: number;
  /** What the directory says, where it lies. */
  readonly claims?: { readonly crc?: number; readonly size?: number; readonly flags?: number };
}

const method = { stored: 0, deflated: 8 };
const utf8Names = 0x0800;
/** A zip that is written again is the same. */
const usualWall = '2026-11-17T00:00:00';

export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, wall = usualWall, unixTime, claims = {} } of entries) {
    const fileName = Buffer.from(name, 'utf8');
    const data = stored ? Buffer.from(content) : deflateRawSync(content, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(claims.flags ?? utf8Names, 2);
    common.writeUInt16LE(stored ? method.stored : method.deflated, 4);
    common.writeUInt32LE(dosTime(wall), 6);
    common.writeUInt32LE(claims.crc ?? crc32(content), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claims.size ?? content.length, 18);
    common.writeUInt16LE(fileName.length, 22);
    const more = unixTime === undefined ? Buffer.alloc(0) : unixTimes(unixTime);
    parts.push(signed(0x04034b50), common, fileName, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const listed = Buffer.from(common);
    listed.writeUInt16LE(more.length, 24);
    directory.push(signed(0x02014b50), uint16(20), listed, rest, fileName, more);
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

/** Date and time, as MS-DOS has them: to two seconds. */
function dosTime(wall: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = wall.split(/\D/).map(Number);
  const date = ((year - 1980) << 9) | (month << 5) | day;
  return date * 65_536 + ((hour << 11) | (minute << 5) | (second >> 1));
}

function unixTimes(seconds: number): Buffer {
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(seconds, 5);
  return field;
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
