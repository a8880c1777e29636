/** How many agents signed in and out, in spans of five minutes. */
interface Signed {
  readonly type: string;
  readonly occurredAt: string;
}

export interface SignSpan {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly in: number;
  readonly out: number;
}

const length = 5 * 60_000;

export function signSpans(entries: readonly Signed[]): readonly SignSpan[] {
  const spans = new Map<number, { in: number; out: number }>();
  for (const { type, occurredAt } of entries) {
    if (type !== 'AgentSignedIn' && type !== 'AgentSignedOut') continue;
    const from = Math.floor(Date.parse(occurredAt) / length) * length;
    const span = spans.get(from) ?? { in: 0, out: 0 };
    span[type === 'AgentSignedIn' ? 'in' : 'out'] += 1;
    spans.set(from, span);
  }
  return [...spans]
    .map(([from, counts]) => ({ from, to: from + length, ...counts }))
    .toSorted((one, other) => one.from - other.from);
}
