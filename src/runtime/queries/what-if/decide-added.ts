/** Decides what an edit adds: by the deciders of commands, on the state that it would have met. */
import type { HistoryEvent } from '../../../../projections/histories/history.js';
import { endOfTime } from '../../../../events/places.js';
import { schemaOf, type PoolkeeperEvent } from '../../../../events/registry.js';
import { pairStream } from '../../../../events/streams.js';
import type { Decided } from '../../../../projections/what-if/alternative.js';
import { timeText } from '../../../../projections/what-if/outcome.js';
import { idCreatedBy } from '../../../../projections/what-if/plan.js';
import type { Walk } from '../../../../projections/what-if/walk.js';
import type { PairCommand } from '../../../domain/commands.js';
import { decidePair } from '../../../domain/pair/decide.js';

export function decideAdded(command: PairCommand, edit: number, walk: Walk, at: number): Decided {
  const { pair } = walk;
  const time = timeText(at);
  if (pair === null) {
    return refusedAs('unknown', 'The pair was not registered then.');
  }
  const decision = decidePair(pair, command, idCreatedBy(edit), { happenedAt: time, now: null });
  switch (decision.outcome) {
    case 'accepted':
      return {
        outcome: 'accepted',
        events: decision.events.map((event, n) => imagined(event, pair.pairId, time, `edit-${edit}-${n}`)),
      };
    case 'refused': {
      const { rule, because, detail } = decision;
      return { outcome: 'refused', rule, because, detail };
    }
    default:
      return refusedAs(
        decision.outcome,
        decision.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join(' '),
      );
  }
}

/** What is a mistake on the state that it meets, and no rule refuses. */
const refusedAs = (rule: 'unknown' | 'invalid', detail: string): Decided => ({
  outcome: 'refused',
  rule,
  because: [],
  detail,
});

/** As a history has it: at its time, after all that happened then. */
const imagined = (event: PoolkeeperEvent, pairId: string, time: string, id: string): HistoryEvent => ({
  ...event,
  id,
  stream: pairStream(pairId),
  revision: 0n,
  position: endOfTime(time),
  recordedAt: time,
  metadata: {
    actor: 'what-if',
    correlationId: id,
    causationId: id,
    commandId: id,
    occurredAt: time,
    recordedAt: time,
    schemaVersion: schemaOf(event.type).schemaVersion,
    hash: '',
  },
});
