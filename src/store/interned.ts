const known = new Map<string, string>();

/**
 * One string object for equal strings, in the engine's own table of names. SQLite gives a new string with every row; event
 * types are compared many times for each event, and equal pointers make that cheap. For strings of which there are few.
 */
export function interned(text: string): string {
  const found = known.get(text);
  if (found !== undefined) return found;
  const [name = text] = Object.keys({ [text]: null });
  known.set(name, name);
  return name;
}
