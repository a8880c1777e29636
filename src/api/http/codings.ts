/** Codings of content: which one a client wants, and the entity tag of each (RFC 9110, 8.8.3.3). */

/** The best first. */
export const codings = ['br', 'gzip'] as const;
export type Coding = (typeof codings)[number];

/** What Accept-Encoding wants most; null for the content as it is. */
export function wantedCoding(accepted: string | undefined): Coding | null {
  const weights = new Map(
    (accepted ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return [name, weight === undefined ? 1 : Number(weight.slice(2))] as const;
    }),
  );
  const weightOf = (coding: string): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const [best] = [...codings].sort((one, other) => weightOf(other) - weightOf(one));
  if (best === undefined || !(weightOf(best) > 0)) return null;
  return weightOf(best) >= (weights.get('identity') ?? 0) ? best : null;
}

/** Two codings of one answer are other bytes, so their strong tags differ. @param tag with its quotes */
export const taggedFor = (tag: string, coding: Coding): string => tag.replace(/"$/, `-${coding}"`);

const ending = new RegExp(`-(?:${codings.join('|')})$`);

/** What a condition of a client is about: the answer, in whichever coding it had it. @param tag without quotes */
export const withoutCoding = (tag: string): string => tag.replace(ending, '');
