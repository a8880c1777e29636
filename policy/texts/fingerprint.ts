/** FNV-1a with 32 bits, over UTF-16 code units. */
function hashed(text: string, beginning: number): string {
  let hash = beginning;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** 64 bits in hex, which tell one text from another. They prove nothing: who wants to can make two texts of one fingerprint. */
export const fingerprint = (text: string): string => hashed(text, 0x811c9dc5) + hashed(text, 0x2d3f8a1b);
