import { answers, type OperationId } from '../../contract/answers.js';
import { previewAnswer } from '../../contract/preview.js';
import { union } from '../../contract/schema.js';
import type { AnswerLine } from './line.js';

/** What a command answers; with the parameter `preview`, what it would do. */
export const orPreview = (name: OperationId, description: string): AnswerLine => ({
  description: `${description} With preview: what it would do.`,
  headers: ['ETag'],
  content: {
    'application/json': union<readonly [(typeof answers)[OperationId], typeof previewAnswer]>(
      answers[name],
      previewAnswer,
    ),
  },
});
