/** The parts of a line of the table of operations. */
import { answers, type OperationId } from '../../contract/answers.js';
import {
  forbiddenProblem,
  foreignOriginProblem,
  otherActorProblem,
  internalProblem,
  misdirectedProblem,
  signInAwayProblem,
  tooManyRequestsProblem,
  unauthenticatedProblem,
  unavailableProblem,
} from '../../contract/problems.js';
import type { Schema } from '../../contract/schema.js';
import type { HeaderName } from './headers.js';
import type { Tag } from './tags.js';

export interface AnswerLine {
  readonly description: string;
  readonly headers: readonly HeaderName[];
  /** The schema by media type; empty where there is no body. */
  readonly content: Readonly<Record<string, Schema>>;
}

export interface OperationLine {
  readonly tag: Tag;
  /** By status, beside the problem documents. */
  readonly answers: Readonly<Record<number, AnswerLine>>;
  /** The kinds of problem documents; their schemas know their status. */
  readonly problems: readonly Schema[];
  /** Headers that the operation reads beside those that its controller declares. */
  readonly reads: readonly RequestHeader[];
}

export type RequestHeader = 'If-None-Match' | 'X-Correlation-Id';

/** What any request may meet. */
const always = [
  internalProblem,
  unavailableProblem,
  unauthenticatedProblem,
  forbiddenProblem,
  foreignOriginProblem,
  otherActorProblem,
  misdirectedProblem,
  tooManyRequestsProblem,
  signInAwayProblem,
] as const;

export const line = (
  tag: Tag,
  answersByStatus: OperationLine['answers'],
  problems: readonly Schema[] = [],
  reads: OperationLine['reads'] = [],
): OperationLine => ({ tag, answers: answersByStatus, problems: [...problems, ...always], reads });

/** JSON that fits the schema of the operation. */
export const jsonOf = (operation: OperationId): AnswerLine['content'] => ({
  'application/json': answers[operation],
});

export const json = (
  operation: OperationId,
  description: string,
  headers: readonly HeaderName[] = [],
): AnswerLine => ({ description, headers, content: jsonOf(operation) });

export const notModified: AnswerLine = {
  description: 'The reader has this answer already: If-None-Match names its entity tag.',
  headers: ['ETag', 'Vary'],
  content: {},
};

/** Of a text that is not JSON. */
export const textual = (description: string): Schema<string> => ({ type: 'string', description });

/** Lines or events, each of which holds JSON that fits a schema. */
export const streamed = (item: Schema, description: string): Schema<string> => ({
  ...textual(description),
  contentMediaType: 'application/json',
  contentSchema: item,
});
