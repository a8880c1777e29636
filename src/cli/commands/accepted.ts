import type { AnswerOf } from '../../contract/answers.js';
import type { CommandName } from '../../domain/commands.js';
import { styled, type Io } from '../io.js';

/** What any accepted command answers, beside its own members. */
type AcceptedAnswer = AnswerOf<CommandName>;

export function acceptedText(name: CommandName, answer: AcceptedAnswer, io: Pick<Io, 'colours'>): string {
  const { stream, revision, position, events, because, warnings } = answer;
  const what =
    events.length === 0
      ? `${styled(io, 'green', name)}: this already holds, nothing was written.`
      : `${styled(io, 'green', name)}: ${events.map(({ type }) => type).join(', ')}.`;
  return [
    what,
    `  ${stream} at revision ${revision}, log at position ${position}`,
    // By it the event is corrected, should it be a mistake.
    ...(events.length === 1 ? events.map(({ id }) => `  event ${id}`) : []),
    ...('id' in answer ? [`  id: ${answer.id}`] : []),
    ...('exportId' in answer ? [`  export id: ${answer.exportId}`] : []),
    ...('callId' in answer ? [`  call ${answer.callId}: ${answer.status}`] : []),
    ...(because.length === 0 ? [] : [`  because: ${because.join(', ')}`]),
    ...warnings.map(({ code, detail }) => `  ${styled(io, 'yellow', 'warning')} ${code}: ${detail}`),
    ...('refused' in answer
      ? answer.refused.map(
          ({ pool, problem }) => `  ${styled(io, 'red', 'refused')} ${pool}: ${problem.detail}`,
        )
      : []),
  ].join('\n');
}
