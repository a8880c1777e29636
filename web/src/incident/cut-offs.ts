/** Calls of a bucket that were cut off, by what they were when it happened. */
export const causes = ['new-calls', 'in-progress-calls', 'connected-calls', 'other'] as const;
export type Cause = (typeof causes)[number];

export function byCause(byStatement: Readonly<Record<string, number>>): Readonly<Record<Cause, number>> {
  const counts: Record<Cause, number> = {
    'new-calls': 0,
    'in-progress-calls': 0,
    'connected-calls': 0,
    other: 0,
  };
  for (const [statement, calls] of Object.entries(byStatement)) counts[causeOf(statement)] += calls;
  return counts;
}

/** `outage/connected-calls/2`: the row of the document. */
export function causeOf(statement: string): Cause {
  const row = statement.split('/')[1] ?? '';
  return causes.find((cause) => cause === row) ?? 'other';
}
