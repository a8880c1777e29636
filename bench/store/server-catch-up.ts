import { EventStoreDBClient, streamNameFilter } from '@eventstore/db-client';
import { openEventStoreDB } from '../../src/store/eventstoredb/open.js';
import { interleaved, perSecond } from '../report.js';
import { sampleEvent } from '../sample-log.js';
import type { Section } from './section.js';
import { newDeployment, withServer } from './server.js';

const EVENTS = 20_000;
const STREAMS = 100;
const ROUNDS = 5;

/** A log that both sides read from its first event on, exclusive. */
interface Log {
  readonly connectionString: string;
  readonly deployment: string;
  readonly after: bigint;
}

/** Following the log until it is caught up with, beside the bare client with the same filter on the same events. */
export function serverCatchUp(): Promise<Section> {
  return withServer(async ({ connectionString, name }) => {
    const log = await written(connectionString);
    const { bare, ours } = await interleaved(ROUNDS, {
      bare: () => withClient(log),
      ours: () => withAdapter(log),
    });
    const what = `events/s caught up, ${name}`;
    return {
      rows: [{ what, ours, baseline: bare, against: 'bare client, subscribeToAll', goal: 1 }],
      notRun: [],
    };
  });
}

async function written(connectionString: string): Promise<Log> {
  const deployment = newDeployment();
  const store = openEventStoreDB({ connectionString, deployment, clock: () => new Date() });
  const { position: after } = await store.append('first', [sampleEvent(0)], 'no-stream');
  const batch = EVENTS / STREAMS;
  for (let stream = 0; stream < STREAMS; stream += 1) {
    const events = Array.from({ length: batch }, (_, n) => sampleEvent(stream * batch + n));
    await store.append(`call-${stream}`, events, 'no-stream');
  }
  await store.close();
  return { connectionString, deployment, after };
}

async function withAdapter({ connectionString, deployment, after }: Log): Promise<number> {
  const store = openEventStoreDB({ connectionString, deployment, clock: () => new Date() });
  await store.headOf('first');
  let count = 0;
  const rate = await perSecond(EVENTS, async () => {
    await store.subscribe({ after }, (events) => void (count += events.length)).caughtUp;
  });
  await store.close();
  requireAll(count);
  return rate;
}

async function withClient({ connectionString, deployment, after }: Log): Promise<number> {
  const client = EventStoreDBClient.connectionString(connectionString);
  for await (const { event } of client.readStream(`${deployment}-first`)) {
    if (event === undefined) throw new Error('The first stream holds a link to nothing.');
  }
  let count = 0;
  const rate = await perSecond(EVENTS, async () => {
    const subscription = client.subscribeToAll({
      fromPosition: { commit: after, prepare: after },
      filter: streamNameFilter({
        prefixes: [`${deployment}-`],
        maxSearchWindow: 32,
        checkpointInterval: 32,
      }),
    });
    subscription.once('caughtUp', () => void subscription.unsubscribe());
    for await (const { event } of subscription) if (event !== undefined) count += 1;
  });
  await client.dispose();
  requireAll(count);
  return rate;
}

function requireAll(count: number): void {
  if (count !== EVENTS) throw new Error(`${count} events of ${EVENTS} came.`);
}
