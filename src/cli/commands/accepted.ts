import type { AnswerOf } from '../../contract/answers.js';
import type { CommandName } from '../../domain/commands.js';
import { styled, type Io } from '../io.js';
import { time } from '../output/words.js';

/** A command that was given at once takes this long to be stored at the most, in milliseconds. */
const atOnce = 5_000;

/** What was made of a time such as 02:40, where it is not that of the command itself. */
function earlier([event]: AcceptedAnswer['events']): readonly string[] {
  if (event === undefined) return [];
  const { occurredAt, recordedAt } = event.metadata;
  return Date.parse(recordedAt) - Date.parse(occurredAt) > atOnce ? [`  as of ${time(occurredAt)}`] : [];
}

/** What was recorded in other streams than the first event, or would be. */
export const elsewhereText = (
  events: readonly { readonly type: string; readonly stream?: string }[],
): readonly string[] =>
  [...Map.groupBy(events, ({ stream }) => stream)].flatMap(([stream, there]) =>
    stream === undefined ? [] : [`  in ${stream}: ${there.map(({ type }) => type).join(', ')}`],
  );

/** What any accepted command answers, beside its own members. */
type AcceptedAnswer = AnswerOf<CommandName>;

export function acceptedText(name: CommandName, answer: AcceptedAnswer, io: Pick<Io, 'colours'>): string {
  const { stream, revision, position, events, because, warnings } = answer;
  const own = events.filter((event) => !('stream' in event));
  const what =
    events.length === 0
      ? `${styled(io, 'green', name)}: this already holds, nothing was written.`
      : `${styled(io, 'green', name)}: ${events.map(({ type }) => type).join(', ')}.`;
  return [
    what,
    ...earlier(events),
    `  ${stream} at revision ${revision}, log at position ${position}`,
    // By it the event is corrected, should it be a mistake.
    ...(own.length === 1 ? own.map(({ id }) => `  event ${id}`) : []),
    ...elsewhereText(events),
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
