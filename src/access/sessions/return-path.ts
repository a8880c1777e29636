const longest = 500;
const here = 'http://here.invalid';

/**
 * A path of this host to which a browser may be sent after the sign-in, in its plain form; null for anything else: other
 * hosts in every way in which browsers write them.
 */
export function returnPathOf(text: string): string | null {
  if (!/^\/[\x21-\x5b\x5d-\x7e]*$/.test(text) || text.length > longest || !URL.canParse(text, here))
    return null;
  const { origin, pathname, search, hash } = new URL(text, here);
  // `/.//evil.example` becomes `//evil.example`, which is a host.
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : null;
}
