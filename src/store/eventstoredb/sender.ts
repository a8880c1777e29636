import { setTimeout as pause } from 'node:timers/promises';
import { ErrorType, NO_STREAM } from '@eventstore/db-client';
import { InvalidAppendError, StoreUnavailableError } from '../port.js';
import { within } from './connection.js';
import { isFinal, reasonOf, typeOf, unavailable, writeStream, type Right } from './errors.js';
import { toServer, type SealedEvent } from './sealed-append.js';
import type { ServerOptions } from './server-options.js';

/** Tries of an append whose outcome is unknown. */
const TRIES = 3;

/** The position of the last event; null if it has to be read from the log. */
export interface SentAppend {
  readonly position: bigint | null;
}

/** Sends an append, again if its outcome is unknown. */
export class Sender {
  constructor(private readonly options: ServerOptions) {}

  /**
   * After a failed connection it is unknown whether the events were stored. The same ids with the same revision are sent
   * again, and the server stores them once.
   * @param revision the last of the stream; null if the stream must not exist
   * @returns null if the stream is not at that revision
   * @throws InvalidAppendError | StoreUnavailableError
   */
  async send(
    stream: string,
    sealed: readonly SealedEvent[],
    revision: bigint | null,
  ): Promise<SentAppend | null> {
    const { connection, names, deadline } = this.options;
    const backoff = this.options.backoff();
    for (let tries = 1; ; tries += 1) {
      const client = connection.current;
      try {
        const append = client.appendToStream(names.stored(stream), sealed.map(toServer), {
          expectedRevision: revision ?? NO_STREAM,
          deadline,
          requiresLeader: connection.settings.requiresLeader,
        });
        const { position } = await within(deadline, 'an append', append);
        connection.succeeded();
        // After a second try the server may report another position, so it is read from the log.
        return { position: tries === 1 ? (position?.commit ?? null) : null };
      } catch (error) {
        if (typeOf(error) === ErrorType.WRONG_EXPECTED_VERSION) {
          connection.succeeded();
          return null;
        }
        connection.requireOpen();
        const right = writeStream(names.stored(stream));
        connection.failed(error, client, right);
        if (isFinal(error)) throw refusal(error, stream, right);
        if (tries >= TRIES) {
          throw new StoreUnavailableError(
            `EventStoreDB: ${reasonOf(error)}; whether the events were stored is not known.`,
          );
        }
        connection.reachability.notices.publish({ kind: 'append-repeated' });
        await pause(backoff.next());
      }
    }
  }
}

function refusal(error: unknown, stream: string, right: Right): Error {
  switch (typeOf(error)) {
    case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
      return new InvalidAppendError(
        `The append to "${stream}" is larger than EventStoreDB accepts. Its setting MaxAppendSize is 1 MiB by default and may be up to 16 MB.`,
      );
    case ErrorType.STREAM_DELETED:
      return new InvalidAppendError(`The stream "${stream}" was deleted for good in EventStoreDB.`);
    default:
      return unavailable(error, right);
  }
}
