/** When two addresses of callers, agents or workflows are the same. */

/** What a person may write into a telephone number to read it better (RFC 3966, section 3): no part of the number. */
const visualSeparators = /[-.()]/g;

/**
 * The one form of an address: in lower case, as the product compares them; of a `tel:` number without its visual separators,
 * and its parameters in one order (RFC 3966, section 4).
 */
export function addressKey(address: string): string {
  const folded = address.toLowerCase();
  if (!folded.startsWith('tel:')) return folded;
  const [number = '', ...parameters] = folded.split(';');
  return [number.replace(visualSeparators, ''), ...parameters.map(parameterKey).sort()].join(';');
}

/** Only an extension is a number itself. */
const parameterKey = (parameter: string): string =>
  parameter.startsWith('ext=') ? parameter.replace(visualSeparators, '') : parameter;
