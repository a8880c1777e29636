/** The result that a command had, from the events that it stored. */
import type { IdempotencyNote } from '../../../events/envelope.js';
import { refused, type Accepted, type Refused } from '../../domain/decision.js';
import type { StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';
import { failed, type Failed } from '../result.js';
import { answerOf } from './command-answer.js';
import type { CommandHandler } from './command-handler.js';
import type { ExecutionResult } from './executor.js';

const becauseOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

/**
 * @param handler of the command; without one the answer says nothing beside its events
 * @param note that the command left; null where it came without a key, or with one to an earlier release
 * @param before what it stored in other streams before
 */
export async function resultOf(
  events: readonly StoredEvent[],
  handler: Pick<CommandHandler, 'describe' | 'show'>,
  note: IdempotencyNote | null,
  before: readonly StoredEvent[] = [],
): Promise<ExecutionResult> {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) throw new Error('A result follows from one event at least.');
  const event = decode(first);
  if (event.type === 'CommandRefused') {
    const { rule, detail, because, allowed } = event.data;
    return refusalOf(refused(rule, detail, { because, allowed }));
  }
  const subjectOfEvent =
    event.type === 'ResponseGroupsExported'
      ? event.data.exportId
      : event.type === 'ObjectCreated'
        ? event.data.id
        : null;
  const decision: Accepted = {
    outcome: 'accepted',
    events: [],
    because: becauseOf(last.metadata['because']),
    warnings: note?.warnings ?? [],
    firstCausesRest: false,
    subject: note === null ? subjectOfEvent : (note.subject ?? null),
  };
  return await answerOf({ stream: last.stream, ...handler }, decision, events, last.revision, last.position, {
    before,
    isRepeat: true,
  });
}

export const refusalOf = ({ rule, because, detail, allowed }: Refused): Failed =>
  failed({ kind: 'refused', rule, detail, because, allowed });
