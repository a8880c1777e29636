/** Who called, as reporters write it: a number in any of its forms, or an address. */

/** What stands in a number for the eye alone. */
const separators = /[\s().\-/]/g;

/**
 * Two callers with the same key are one: schemes, parameters and case do not tell them apart, nor do the spaces, dots and
 * brackets of a number: `tel:+49-30-123`, `+49 (30) 123` and `sip:+4930123@gw.contoso.com;user=phone` are the same.
 */
export function callerKey(caller: string): string {
  const bare = caller
    .trim()
    .toLowerCase()
    .replace(/^(?:tel|sips?):/, '');
  const [address = '', ...parameters] = bare.split(';');
  const [user = '', host] = address.split('@');
  if (host === undefined) return address.replace(separators, '');
  return parameters.includes('user=phone') ? user.replace(separators, '') : address;
}
