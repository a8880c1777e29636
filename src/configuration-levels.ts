/** An amount of free space: bytes and a share of the disk, of which the lesser counts. */
export interface Level {
  readonly bytes: number;
  /** From 0 to 1. */
  readonly share: number;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  KiB: 1_024,
  MiB: 1_048_576,
  GiB: 1_073_741_824,
  TiB: 1_099_511_627_776,
};

const AMOUNT = '\\d{1,15}(?:\\.\\d{1,3})?(?:%|[KMGT]iB)?';

/** One amount, or the lesser of two. */
export const levelPattern = new RegExp(`^${AMOUNT}(?:,${AMOUNT})?$`);

/** Null where the text is no level: "500MiB", "5%", "5%,2GiB", 0 for none. */
export function levelOf(text: string): Level | null {
  let level: Level = { bytes: Infinity, share: 1 };
  for (const part of text.split(',')) {
    const [, number = '', unit = ''] = /^\s*(\d{1,15}(?:\.\d{1,3})?)\s*(%|[KMGT]iB|)\s*$/.exec(part) ?? [];
    if (number === '') return null;
    const amount = Number(number);
    level =
      unit === '%'
        ? { ...level, share: Math.min(level.share, amount / 100) }
        : { ...level, bytes: Math.min(level.bytes, amount * (UNITS[unit] ?? 1)) };
  }
  return level;
}
