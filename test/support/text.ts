/** A value of a JSON answer that must be a text. */
export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`${JSON.stringify(value)} is not a text.`);
  return value;
}
