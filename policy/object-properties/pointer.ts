/** A JSON pointer (RFC 6901), one step longer. */
export const into = (pointer: string, step: string | number): string => `${pointer}/${escaped(String(step))}`;

const escaped = (step: string): string =>
  step.includes('~') || step.includes('/') ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step;
