/**
 * A member of an answer that has to be text, or a number or a truth value as text.
 * @throws Error for anything else: an object would read `[object Object]`
 */
export function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Error(`This is no text: ${JSON.stringify(value)}.`);
}
