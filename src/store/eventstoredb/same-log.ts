import { StoreUnavailableError, StreamNotFoundError, type StoredEvent } from '../port.js';
import type { Connection } from './connection.js';
import type { KnownStreams } from './known-streams.js';
import { hashOf } from './recorded-event.js';
import type { ServerReads } from './server-reads.js';

/**
 * Looks whether the server still has the log that this process has seen: somebody may put it back to an older backup, which
 * takes a restart of the server. So a lost connection leaves a doubt, and the last event that was seen settles it.
 */
export class SameLog {
  /** How many failures there had been at the last look. */
  private settled = 0;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly known: KnownStreams,
    private readonly reads: ServerReads,
    /** Called with what was found, where it is another log. */
    private readonly replaced: (fault: StoreUnavailableError) => void,
  ) {}

  get isDoubtful(): boolean {
    return this.settled !== this.connection.failures;
  }

  /** @throws StoreUnavailableError where it is another log, or the server is not reached */
  require(): Promise<void> {
    this.looking ??= this.look().finally(() => (this.looking = null));
    return this.looking;
  }

  private async look(): Promise<void> {
    const { failures } = this.connection;
    const { last } = this.known;
    const found = last === null ? null : await this.at(last);
    // A node that need not lead may lack what another has.
    const isBehind = found === null && this.connection.mayLag;
    if (last !== null && !isBehind && !isSame(found, last)) {
      const fault = replacedError(last);
      this.replaced(fault);
      throw fault;
    }
    this.settled = failures;
  }

  private async at({ stream, revision }: StoredEvent): Promise<StoredEvent | null> {
    try {
      const [found] = await this.reads.stream(stream, { from: revision, direction: 'forwards', count: 1 });
      return found ?? null;
    } catch (error) {
      if (error instanceof StreamNotFoundError) return null;
      throw error;
    }
  }
}

const isSame = (found: StoredEvent | null, last: StoredEvent): boolean =>
  found?.position === last.position && hashOf(found) === hashOf(last);

const replacedError = ({ stream, revision, position }: StoredEvent): StoreUnavailableError =>
  new StoreUnavailableError(
    `The log was replaced while the service runs: at revision ${revision} of "${stream}", position ${position}, the server does not hold the event that this process knows there. Nothing is stored or read any more: start the service again, and it begins with what the server holds then.`,
  );
