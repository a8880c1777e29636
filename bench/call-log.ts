import { randomUUID } from 'node:crypto';
import type { Envelope, JsonObject, Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { schemaOf } from '../events/registry.js';
import { callStream, pairStream } from '../events/streams.js';
import type { EventStore } from '../src/store/port.js';

/** A pair with response groups whose calls arrive, are answered and end: what most of a real log is. */
export const pairId = '0123456789ab';
export const primary = 'pool-a.contoso.com';
const backup = 'pool-b.contoso.com';
const responseGroups = 40;
const agent = 'sip:kim@contoso.com';

interface Written {
  readonly stream: string;
  readonly event: PoolkeeperEvent;
}

const inPair = (event: PoolkeeperEvent): Written => ({ stream: pairStream(pairId), event });
const ofCall = (callId: string, event: PoolkeeperEvent): Written => ({
  stream: callStream(pairId, callId),
  event,
});
const groupId = (n: number): string => `workflow-${n % responseGroups}`;

export const outage = inPair({
  type: 'OutageDeclared',
  data: { pool: primary, backEndDatabase: 'unknown', reason: null, site: null },
});

export const outageEnded = inPair({ type: 'OutageEnded', data: { pool: primary } });

/** The registration of the pair and its workflows; every fourth is anonymous. */
export function configuration(): Written[] {
  return [
    inPair({
      type: 'PairRegistered',
      data: {
        pairId,
        pools: [
          { fqdn: primary, site: 'Berlin' },
          { fqdn: backup, site: 'Hamburg' },
        ],
        readings: {},
      },
    }),
    ...Array.from({ length: responseGroups }, (_, n) =>
      inPair({
        type: 'ObjectCreated',
        data: {
          pool: primary,
          kind: 'workflow',
          id: groupId(n),
          name: `Response group ${n}`,
          properties: { primaryUri: `sip:group-${n}@contoso.com`, anonymous: n % 4 === 0 },
          tool: 'managementShell',
        },
      }),
    ),
  ];
}

export const arrival = (n: number): Written =>
  ofCall(`call-${n}`, {
    type: 'CallArrived',
    data: { callId: `call-${n}`, pool: primary, responseGroup: groupId(n) },
  });
export const connection = (n: number): Written =>
  ofCall(`call-${n}`, { type: 'CallConnected', data: { callId: `call-${n}`, agent } });
export const ending = (n: number): Written =>
  ofCall(`call-${n}`, { type: 'CallEnded', data: { callId: `call-${n}` } });

/** Calls one after another, each with its three events. */
export const finishedCalls = (count: number, first = 0): Written[] =>
  Array.from({ length: count }, (_, index) => {
    const n = first + index;
    return [arrival(n), connection(n), ending(n)];
  }).flat();

export async function store(into: EventStore, written: readonly Written[]): Promise<void> {
  for (let from = 0; from < written.length; from += 10_000) {
    await Promise.all(
      written.slice(from, from + 10_000).map(({ stream, event }) => append(into, stream, event)),
    );
  }
}

async function append(into: EventStore, stream: string, { type, data }: PoolkeeperEvent): Promise<void> {
  const commandId = randomUUID();
  const metadata: JsonObject = {
    actor: 'cdr-collector',
    correlationId: randomUUID(),
    causationId: commandId,
    commandId,
    occurredAt: '2026-11-24T10:00:00.000Z',
  };
  const { schemaVersion } = schemaOf(type);
  await into.append(
    stream,
    [{ id: randomUUID(), type, schemaVersion, data: data as JsonObject, metadata }],
    'any',
  );
}

/** The events as a fold is shown them, without a store. */
export function recorded(written: readonly Written[], before = 0n): Recorded<PoolkeeperEvent>[] {
  return written.map(({ stream, event }, index) => {
    const at = '2026-11-24T10:00:00.000Z';
    const envelope: Envelope = {
      id: `event-${index}`,
      stream,
      revision: 0n,
      position: before + BigInt(index + 1),
      recordedAt: at,
      metadata: {
        actor: 'cdr-collector',
        correlationId: 'none',
        causationId: 'none',
        commandId: 'none',
        occurredAt: at,
        recordedAt: at,
        schemaVersion: 1,
        hash: '',
      },
    };
    return { ...envelope, ...event };
  });
}
