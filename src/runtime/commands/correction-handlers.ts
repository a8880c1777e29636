import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { callIdIn, describeStream } from '../../../events/streams.js';
import { correctionIn, Corrections, inForce } from '../../../facts/in-force.js';
import type { CorrectionCommand } from '../../domain/commands.js';
import {
  decideRetraction,
  decideTimeCorrection,
  poolIn,
  type CorrectionContext,
} from '../../domain/corrections/decide.js';
import { incidentBegunBy } from '../../domain/corrections/incident-begun.js';
import { unknown, type Decision, type Unknown } from '../../domain/decision.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { homePoolAt } from '../projections/state/directory.js';
import type { EventsById } from '../projections/state/events-by-id.js';
import type { CommandHandler } from './command-handler.js';
import type { CommandHandlers } from './command-handlers.js';
import { FactsBeside } from './facts-beside.js';
import { LaterFacts } from './later-facts.js';
import { NotUnderstoodError } from './not-understood.js';

type Fact = Recorded<PoolkeeperEvent>;

/** A correction is written to the stream of the event that it corrects, which decides it. */
export class CorrectionHandlers {
  private readonly laterFacts: LaterFacts;
  private readonly factsBeside: FactsBeside;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly finder: EventsById,
    private readonly handlers: Pick<CommandHandlers, 'pairIdOf' | 'apply'>,
  ) {
    const pairIdOf = (pool: string): string | undefined => handlers.pairIdOf(pool);
    this.laterFacts = new LaterFacts(store, runner, pairIdOf);
    this.factsBeside = new FactsBeside(store, runner, pairIdOf);
  }

  async of(command: CorrectionCommand): Promise<CommandHandler | Unknown> {
    const { eventId } = command.body;
    const found = await this.finder.find(eventId);
    if (found === null) {
      return unknown('/eventId', `There is no event "${eventId}" in the log; the audit trail has their ids.`);
    }
    const { stream } = found;
    const { family } = describeStream(stream);
    return {
      stream,
      // As for the commands on the call itself.
      ...(family === 'call' ? { lockKey: `call ${callIdIn(stream)}` } : {}),
      pairId: this.pairIdOf(found),
      decide: async () => {
        const stored = await this.store.readStream(stream);
        const revision = stored.at(-1)?.revision ?? null;
        return { decision: await this.decide(command, decoded(found), stored), revision };
      },
      apply: (events) => this.handlers.apply(stream, events),
    };
  }

  private async decide(
    command: CorrectionCommand,
    event: Fact,
    stored: readonly StoredEvent[],
  ): Promise<Decision> {
    const corrections = new Corrections(stored.flatMap(correctionIn));
    const facts = inForce(stored).map(decoded);
    const incident = command.name === 'retract' ? incidentBegunBy(event, facts) : null;
    const decided = (needs: Pick<CorrectionContext, 'needing' | 'inAll'>): Decision =>
      command.name === 'retract'
        ? decideRetraction({ event, corrections, incident, ...needs }, command.body)
        : decideTimeCorrection({ event, corrections, incident, ...needs }, command.body);
    // Whether others need it is looked up only where nothing else is in the way.
    const first = decided({ needing: [] });
    if (first.outcome !== 'accepted' || first.events.length === 0) return first;
    if (command.name === 'retract') return decided(await this.laterFacts.needing(event));
    const inItsPlace = corrections.inForce(event) ?? event;
    const { occurredAt } = command.body;
    return decided({ needing: await this.factsBeside.needingTheTime(inItsPlace, facts, occurredAt) });
  }

  /**
   * Whose trail a refusal belongs to: of a pairing, its pair; of an agent, the pair of the home pool, or of the pool where
   * it signed in. Empty where it belongs to none.
   */
  private pairIdOf({ stream, data, position }: StoredEvent): string {
    const { family, pairId } = describeStream(stream);
    if (pairId !== null) return pairId;
    if (typeof data['pairId'] === 'string') return data['pairId'];
    const home =
      family === 'agent' ? homePoolAt(this.runner.state.directory.state, stream, position) : undefined;
    const pool = poolIn(data) ?? home;
    return (pool === undefined ? undefined : this.handlers.pairIdOf(pool)) ?? '';
  }
}

/** @throws NotUnderstoodError */
function decoded(event: StoredEvent): Fact {
  try {
    return decode(event);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotUnderstoodError(event.stream, event.position, reason);
  }
}
