/** Lengths of time in words: the two largest units. */
const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `51 min 20 s`. */
export function durationText(milliseconds: number): string {
  const first = units.findIndex(([, length]) => milliseconds >= length);
  if (first === -1) return '0 s';
  let rest = milliseconds;
  const words: string[] = [];
  for (const [unit, length] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) words.push(`${count} ${unit}`);
  }
  return words.join(' ');
}
