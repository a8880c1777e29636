/** A decision that is not carried out, as the answer to a preview. */
import type { JsonObject } from '../../../../events/envelope.js';
import type { PreviewAnswer } from '../../../contract/preview.js';
import type { Accepted, Refused } from '../../../domain/decision.js';
import type { Effects } from '../../../../projections/effects/effects.js';
import type { StoredEvent } from '../../../store/port.js';
import { eventAnswer } from '../command-answer.js';
import type { CommandHandler } from '../command-handler.js';

type Outcome = Pick<PreviewAnswer, 'outcome' | 'because' | 'rule' | 'detail' | 'allowed'>;

/** What is said of a decision, whether of a command or of one of its pools. */
export function outcomeOf(decision: Pick<Accepted, 'outcome' | 'because'> | Refused): Outcome {
  const { outcome, because } = decision;
  if (outcome === 'accepted') return { outcome, because: [...because] };
  const { rule, detail, allowed } = decision;
  return { outcome, because: [...because], rule, detail, allowed: [...allowed] };
}

/**
 * The events as the answer to the command would show them, without what only storing gives them.
 * @param own the stream that the answer would name
 */
export const eventsShown = (
  events: readonly StoredEvent[],
  own: string,
  show: CommandHandler['show'] = eventAnswer,
): PreviewAnswer['events'] =>
  events.map((event) => {
    const { type, data } = show(event);
    const known = { type, data: { ...data } satisfies object as JsonObject };
    return event.stream === own ? known : { ...known, stream: event.stream };
  });

export const previewOf = (
  decision: Accepted | Refused,
  events: PreviewAnswer['events'],
  effects: Effects,
): PreviewAnswer => ({
  preview: true,
  ...outcomeOf(decision),
  events,
  warnings: decision.outcome === 'accepted' ? decision.warnings.map((warning) => ({ ...warning })) : [],
  effects,
});
