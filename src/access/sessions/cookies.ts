/** Cookies of the service: for the session, and for the way to the identity provider and back. */

/**
 * Names of cookies. With the prefix a browser takes them over https only, from this host only and for all of its paths;
 * a service without https has no such names.
 */
export const cookieNames = (isSecure: boolean): { readonly session: string; readonly signIn: string } => {
  const prefix = isSecure ? '__Host-' : '';
  return { session: `${prefix}poolkeeper`, signIn: `${prefix}poolkeeper-sign-in` };
};

export interface Cookie {
  readonly name: string;
  /** Empty: the browser is to forget it. */
  readonly value: string;
  readonly isSecure: boolean;
  /**
   * `Strict`: no page of another site makes the browser send it. `Lax`: it comes along when another site leads here, as
   * the identity provider does after the sign-in.
   */
  readonly sameSite: 'Strict' | 'Lax';
  /** Seconds; until the browser is closed where it is absent. */
  readonly age?: number;
}

export function setCookie({ name, value, isSecure, sameSite, age }: Cookie): string {
  const lasting = value === '' ? 0 : age;
  return [
    `${name}=${value}`,
    'Path=/',
    'HttpOnly',
    `SameSite=${sameSite}`,
    ...(isSecure ? ['Secure'] : []),
    ...(lasting === undefined ? [] : [`Max-Age=${lasting}`]),
  ].join('; ');
}

/** The value of a cookie that the browser sends; null where there is none, or more than one of this name. */
export function cookieIn(header: string | undefined, name: string): string | null {
  const values = (header ?? '').split(';').flatMap((part) => {
    const [key = '', ...value] = part.trim().split('=');
    return key === name ? [value.join('=')] : [];
  });
  return values.length === 1 ? (values[0] ?? null) : null;
}
