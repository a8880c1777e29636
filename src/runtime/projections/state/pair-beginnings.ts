import { pairStream, refusalsStream } from '../../../../events/streams.js';
import type { EventStore, StoredEvent } from '../../../store/port.js';

/** Where a pair's events begin in the log. */
interface Beginning {
  /** Position of its registration. */
  readonly registered: bigint;
  /** Position of the event before that one; 0 if there is none. */
  readonly before: bigint;
}

/**
 * Finds where the events of a pair begin. The log of a server has the events of others too, and reading it from its start
 * would read all of them.
 */
export class PairBeginnings {
  private readonly found = new Map<string, Beginning>();
  private readonly beforeRefusals = new Map<string, bigint>();

  constructor(private readonly store: Pick<EventStore, 'headOf' | 'readStream' | 'readAll'>) {}

  /**
   * Position of the registration; null where the pair is not in the log.
   * @throws StoreUnavailableError
   */
  async registration(pairId: string): Promise<bigint | null> {
    return (await this.find(pairId))?.registered ?? null;
  }

  /** The position after which all events of a pair and its calls are; 0 where the pair is not in the log. */
  async before(pairId: string): Promise<bigint> {
    return (await this.find(pairId))?.before ?? 0n;
  }

  /** The same with the pair's refusals, the first of which may be of an earlier registration. */
  async beforeTrail(pairId: string): Promise<bigint> {
    const before = await this.before(pairId);
    const known = this.beforeRefusals.get(pairId);
    if (known !== undefined || before === 0n) return known ?? 0n;
    const refusal = await this.first(refusalsStream(pairId));
    // Later refusals follow the registration.
    const earlier =
      refusal !== null && refusal.position < before ? await this.positionBefore(refusal.position) : before;
    this.beforeRefusals.set(pairId, earlier);
    return earlier;
  }

  /**
   * Position of the event before one; 0 where there is none. A server reads on only from the position of an event.
   * @throws StoreUnavailableError
   */
  async positionBefore(position: bigint): Promise<bigint> {
    for await (const [event] of this.store.readAll({ direction: 'backward', after: position, maxCount: 1 })) {
      return event?.position ?? 0n;
    }
    return 0n;
  }

  private async find(pairId: string): Promise<Beginning | null> {
    const known = this.found.get(pairId);
    if (known !== undefined) return known;
    const registration = await this.first(pairStream(pairId));
    if (registration === null) return null;
    const { position: registered } = registration;
    const beginning = { registered, before: await this.positionBefore(registered) };
    this.found.set(pairId, beginning);
    return beginning;
  }

  private async first(stream: string): Promise<StoredEvent | null> {
    if ((await this.store.headOf(stream)) === null) return null;
    const [first] = await this.store.readStream(stream, { maxCount: 1 });
    return first ?? null;
  }
}
