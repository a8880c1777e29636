import type { RecordedEvent } from '@eventstore/db-client';
import { NO_HASH, seal } from '../hash-chain.js';
import type { LogProgress, StoredEvent, Verification } from '../port.js';
import type { KnownStream, KnownStreams } from './known-streams.js';
import type { StreamNames } from './stream-names.js';
import { hashOf, isSystemType, storedEventOf } from './recorded-event.js';

type ChainEnd = Pick<KnownStream, 'revision' | 'hash'>;

interface Asked {
  readonly signal?: AbortSignal | undefined;
  /** Gets how far it is, every thousand events. */
  readonly reached?: ((progress: LogProgress) => void) | undefined;
}

/**
 * Reads the log and stops at the first event that is not as it was written in its stream. Each stream is a hash chain; the
 * whole log is not, as several writers cannot share one. So this detects events that were changed, moved within a stream
 * or removed from its middle. Removal from the end of a stream is detected only if this process has seen the events.
 */
export async function verifyLog(
  log: AsyncIterable<RecordedEvent>,
  names: StreamNames,
  known: KnownStreams,
  { signal, reached }: Asked = {},
): Promise<Verification> {
  const heads = new Map<string, ChainEnd>();
  let events = 0;
  const broken = (
    problem: string,
    { position, stream, revision }: Pick<StoredEvent, 'position' | 'stream' | 'revision'>,
  ): Verification => ({
    events,
    streams: heads.size,
    broken: { position, stream, revision, problem },
  });

  // A copy, as events that are appended during the verification may come after its end.
  const seen = new Map(known.all());
  for await (const recorded of log) {
    signal?.throwIfAborted();
    const stored = storedEventOf(recorded, names);
    if (stored === null) {
      const stream = names.seen(recorded.streamId);
      if (stream === null || !isSystemType(recorded.type)) continue;
      const place = { position: recorded.position?.commit ?? 0n, stream, revision: recorded.revision };
      return broken(`The stream "${stream}" was deleted, or holds a link: ${recorded.type}.`, place);
    }
    const problem = problemOf(stored, heads.get(stored.stream));
    if (problem !== null) return broken(problem, stored);
    events += 1;
    if (events % 1_000 === 0) reached?.({ events, position: stored.position });
    heads.set(stored.stream, { revision: stored.revision, hash: hashOf(stored) });
    if (seen.get(stored.stream)?.revision === stored.revision) {
      if (seen.get(stored.stream)?.hash !== hashOf(stored)) {
        return broken(`The stream "${stored.stream}" was rewritten since this process saw it.`, stored);
      }
      seen.delete(stored.stream);
    }
  }
  for (const [stream, { revision, position }] of seen) {
    const last = heads.get(stream)?.revision ?? 'nothing';
    const problem = `The stream "${stream}" ends with revision ${last}, but this process has seen ${revision}: events were removed from its end.`;
    return broken(problem, { stream, revision, position });
  }
  return { events, streams: heads.size, broken: null };
}

function problemOf(event: StoredEvent, previous: ChainEnd | undefined): string | null {
  const { id, stream, revision } = event;
  const due = (previous?.revision ?? -1n) + 1n;
  if (revision !== due) {
    return `The stream "${stream}" continues with revision ${revision} instead of ${due}: events were moved, renumbered or removed.`;
  }
  if (event.schemaVersion === 0) {
    return `The event ${id} of the stream "${stream}" was not written by Poolkeeper.`;
  }
  if (hashOf(event) !== sealOf(event, previous?.hash ?? NO_HASH)) {
    return `The event ${id} of the stream "${stream}" is not what was written there, or its predecessor is not.`;
  }
  return null;
}

/** Null for an event without a canonical form, which was never written. */
function sealOf(event: StoredEvent, previousHash: string): string | null {
  try {
    return seal(event, previousHash);
  } catch {
    return null;
  }
}
