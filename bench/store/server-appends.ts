import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { openEventStoreDB } from '../../src/store/eventstoredb/open.js';
import type { EventToAppend } from '../../src/store/port.js';
import { interleaved, perSecond } from '../report.js';
import { sampleEvent } from '../sample-log.js';
import type { Section } from './section.js';
import { newDeployment, withServer } from './server.js';

const IN_FLIGHT = 64;
const APPENDS = 4_000;
const STREAMS = 256;
const ROUNDS = 5;

type Append = (stream: string, event: EventToAppend, revision: bigint | null) => Promise<unknown>;

/** Single-event appends with an expected revision through the adapter, beside the bare client's two ways. */
export function serverAppends(): Promise<Section> {
  return withServer(async ({ connectionString, name }) => {
    const { classic, batched, ours } = await interleaved(ROUNDS, {
      classic: () => withClient(connectionString, true),
      ours: () => withAdapter(connectionString),
      batched: () => withClient(connectionString, false),
    });
    const what = `appends/s, ${IN_FLIGHT} in flight, ${name}`;
    return {
      rows: [
        { what, ours, baseline: classic, against: 'bare client, a call each (as the adapter)', goal: 0.9 },
        { what, ours, baseline: batched, against: 'bare client, its batches', goal: null },
      ],
      notRun: [],
    };
  });
}

async function withAdapter(connectionString: string): Promise<number> {
  const store = openEventStoreDB({ connectionString, deployment: newDeployment(), clock: () => new Date() });
  const rate = await rateOf((stream, event, revision) =>
    store.append(stream, [event], revision ?? 'no-stream'),
  );
  await store.close();
  return rate;
}

async function withClient(connectionString: string, aCallEach: boolean): Promise<number> {
  const client = EventStoreDBClient.connectionString(connectionString);
  const prefix = newDeployment();
  const rate = await rateOf((stream, { id, type, data, metadata }, revision) =>
    client.appendToStream(`${prefix}-${stream}`, jsonEvent({ id, type, data, metadata }), {
      expectedRevision: revision ?? NO_STREAM,
      // Selects the unary call; without encryption the credentials are not sent.
      ...(aCallEach ? { credentials: { username: 'none', password: 'none' } } : {}),
    }),
  );
  await client.dispose();
  return rate;
}

async function rateOf(append: Append): Promise<number> {
  const events = Array.from({ length: APPENDS }, (_, n) => sampleEvent(n));
  await append('warm-up', sampleEvent(0), null);
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let event = events[next]; event !== undefined; event = events[next]) {
      const revision = Math.floor(next / STREAMS) - 1;
      const stream = `call-${next % STREAMS}`;
      next += 1;
      await append(stream, event, revision < 0 ? null : BigInt(revision));
    }
  };
  return await perSecond(APPENDS, async () => {
    await Promise.all(Array.from({ length: IN_FLIGHT }, writer));
  });
}
