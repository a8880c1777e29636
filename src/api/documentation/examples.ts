/** Examples of answers: real ones, which `npm run openapi` takes down from a story that it plays. */
import recorded from './examples.json' with { type: 'json' };

export interface Examples {
  /** By the id of the operation and the media type. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** By the `type` of the problem. */
  readonly problems: Readonly<Record<string, unknown>>;
}

export const recordedExamples: Examples = recorded;
