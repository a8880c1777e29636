/** Clocks of several machines differ a little; only more than this is told, in milliseconds. */
const TOLERANCE = 60_000;

/**
 * That the log was written by a clock that was ahead of this one; null where it was not. Until this one is there, every
 * event is recorded at the time of that last one, for times never go back.
 * @param recordedAt of the last event; null before the first
 */
export function behindSentence(
  { position, recordedAt }: { readonly position: bigint; readonly recordedAt: string | null },
  now: Date,
): string | null {
  const behind = recordedAt === null ? 0 : Date.parse(recordedAt) - now.getTime();
  if (!(behind > TOLERANCE)) return null;
  return `The clock is behind the log by ${inWords(behind)}: position ${position} was recorded at ${recordedAt}. What happens until then is recorded at that time, and asOf a time cannot tell it apart: ask for positions.`;
}

const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const;

function inWords(milliseconds: number): string {
  const [name, length] = UNITS.find(([, unit]) => milliseconds >= 2 * unit) ?? ['seconds', 1_000];
  return `${Math.floor(milliseconds / length)} ${name}`;
}
