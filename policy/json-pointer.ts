/** JSON pointers (RFC 6901): `~` and `/` inside a step are escaped. */

/** A pointer that is one step longer. */
export const into = (pointer: string, step: string | number): string => `${pointer}/${escaped(String(step))}`;

/** The steps of a pointer, without escapes; none for the pointer to the whole. */
export const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const escaped = (step: string): string =>
  step.includes('~') || step.includes('/') ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step;

/** The innermost value that holds all of these. */
export function commonPointer(pointers: readonly string[]): string {
  const [first = [], ...others] = pointers.map((pointer) => pointer.split('/'));
  const differs = first.findIndex((segment, depth) => others.some((other) => other[depth] !== segment));
  return (differs === -1 ? first : first.slice(0, differs)).join('/');
}
