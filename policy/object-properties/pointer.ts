/** One more step of a JSON pointer (RFC 6901). */
export const into = (pointer: string, step: string | number): string =>
  `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
