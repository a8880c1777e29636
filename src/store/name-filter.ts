/** 4 MiB: with three million names added, about one in a hundred other names is reported as possibly present. */
const WORDS = 2 ** 20;
/** Bits per name. */
const PROBES = 7;

/** A Bloom filter of names: a name is either certainly absent or possibly present. */
export class NameFilter {
  /** @param bits of an existing filter to continue with */
  constructor(readonly bits: Uint32Array = new Uint32Array(WORDS)) {}

  add(name: string): void {
    let probe = hashOf(name, 0x811c9dc5);
    const step = hashOf(name, 0x9e3779b1) | 1;
    for (let n = 0; n < PROBES; n += 1, probe = (probe + step) | 0) {
      const word = (probe >>> 5) & (WORDS - 1);
      this.bits[word] = (this.bits[word] ?? 0) | (1 << (probe & 31));
    }
  }

  mayHold(name: string): boolean {
    let probe = hashOf(name, 0x811c9dc5);
    const step = hashOf(name, 0x9e3779b1) | 1;
    for (let n = 0; n < PROBES; n += 1, probe = (probe + step) | 0) {
      if (((this.bits[(probe >>> 5) & (WORDS - 1)] ?? 0) & (1 << (probe & 31))) === 0) return false;
    }
    return true;
  }
}

/** FNV-1a over UTF-16 code units, with its bits spread at the end. */
function hashOf(text: string, basis: number): number {
  let hash = basis;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
