export const reasonKinds = ['statement', 'inference', 'rule'] as const;

/** What `because` can hold, with its sentence. */
export interface Reason {
  readonly id: string;
  /** A statement of the document, an inference where it is silent, or a rule that decides commands. */
  readonly kind: (typeof reasonKinds)[number];
  readonly text: string;
}
