/** Ids of events by number, in 16 bytes each: nearly all of them are UUIDs in lower case. */
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const BYTES = 16;
/** Where the hyphens of a UUID stand, in hexadecimal digits before them. */
const hyphens = [8, 12, 16, 20] as const;

export class Ids {
  private size = 0;
  private bytes = new Uint8Array(1_024 * BYTES);
  /** Those that are no UUIDs. */
  private readonly others = new Map<number, string>();

  add(id: string): void {
    const index = this.size;
    this.size += 1;
    if (this.size * BYTES > this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    if (!write(id, this.bytes, index * BYTES)) this.others.set(index, id);
  }

  at(index: number): string {
    const other = this.others.get(index);
    if (other !== undefined) return other;
    const digits = [...this.bytes.subarray(index * BYTES, (index + 1) * BYTES)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    return [0, ...hyphens].map((from, n) => digits.slice(from, hyphens[n])).join('-');
  }

  /** The numbers of those of these ids that are here. */
  indexesOf(ids: readonly string[]): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    if (ids.length === 0) return found;
    const wanted = new Set(ids);
    for (const [index, id] of this.others) if (wanted.has(id)) found.set(id, index);
    // By their first four bytes: looking at all of them takes milliseconds, and writing them all out would take a second.
    const starts = Map.groupBy(
      [...wanted].filter((id) => uuid.test(id)),
      (id) => Number.parseInt(id.slice(0, 8), 16),
    );
    if (starts.size === 0) return found;
    for (let index = 0; index < this.size; index += 1) {
      const at = index * BYTES;
      const start =
        (((this.bytes[at] ?? 0) << 24) |
          ((this.bytes[at + 1] ?? 0) << 16) |
          ((this.bytes[at + 2] ?? 0) << 8) |
          (this.bytes[at + 3] ?? 0)) >>>
        0;
      const like = starts.get(start);
      if (like === undefined || this.others.has(index)) continue;
      const id = this.at(index);
      if (like.includes(id)) found.set(id, index);
    }
    return found;
  }
}

/** Writes the bytes of a UUID. False where it is none. */
function write(id: string, bytes: Uint8Array, at: number): boolean {
  if (id.length !== LENGTH) return false;
  let byte = at;
  let high = -1;
  for (let place = 0; place < LENGTH; place += 1) {
    const code = id.charCodeAt(place);
    if (place === 8 || place === 13 || place === 18 || place === 23) {
      if (code !== HYPHEN) return false;
      continue;
    }
    const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : -1;
    if (digit < 0) return false;
    if (high < 0) high = digit;
    else {
      bytes[byte] = high * 16 + digit;
      byte += 1;
      high = -1;
    }
  }
  return true;
}

const LENGTH = 36;
const HYPHEN = 45;
