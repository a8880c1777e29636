/** A what-if over a million events through HTTP, on a built service in a process of its own. */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../events/envelope.js';
import { schemaOf } from '../events/registry.js';
import { openSqliteStore } from '../src/store/open-store.js';
import type { EventStore, EventToAppend } from '../src/store/port.js';
import { startBuilt, unlimited } from './built-service.js';
import { configuration, finishedCalls, primary } from './call-log.js';
import { median, type Row } from './report.js';
import { inFolder } from './sample-log.js';

const EVENTS = 1_000_000;
/** Calls that are written at once. */
const ROUND = 5_000;
const begin = Date.parse('2026-03-02T00:00:00Z');
/** Milliseconds from one event to the next. */
const APART = 1_000;

/** Metrics of the service, by name. */
type Figures = Readonly<Record<'process_cpu_seconds_total' | 'process_resident_memory_bytes', number>>;

/** Of one request. */
interface Asked {
  readonly milliseconds: number;
  readonly processorSeconds: number;
  /** How much more memory the process had at the most, in megabytes. */
  readonly grown: number;
  readonly progress: number;
}

export async function whatIfStream(): Promise<readonly Row[]> {
  return await inFolder(async (folder) => {
    const read = await fillAndRead(folder);
    const { child, url } = await startBuilt('src/main.js', { DATA_DIR: folder, PORT: '0', ...unlimited });
    try {
      await caughtUp(url);
      const asked = [await ask(url), await ask(url), await ask(url)];
      const cut = await cutOff(url);
      const whole = median(asked.map(({ processorSeconds }) => processorSeconds));
      const milliseconds = median(asked.map((one) => one.milliseconds));
      const progress = Math.min(...asked.map((one) => one.progress));
      const grown = Math.max(...asked.map((one) => one.grown));
      return [
        {
          what: `events/s of a what-if through HTTP over ${EVENTS}: ${Math.round(milliseconds)} ms, ${whole.toFixed(1)} s of processor time, ${progress} lines of progress`,
          ours: (EVENTS / milliseconds) * 1_000,
          baseline: read,
          against: 'the same log read by pages',
          // Read once, folded twice.
          goal: 0.1,
        },
        {
          what: `events a megabyte of peak memory: ${Math.round(grown)} MB more at the most`,
          ours: EVENTS / grown,
          baseline: 1_048_576 / 600,
          against: '600 bytes an event, as objects take',
          goal: 1.5,
        },
        {
          what: `cancelled, an hour of processor time lasts for: ${(cut * 1_000).toFixed(0)} ms in two seconds after the client went`,
          ours: 3_600 / cut,
          baseline: 3_600 / whole,
          against: 'the whole request',
          goal: 4,
        },
      ];
    } finally {
      child.kill();
    }
  });
}

/** Answers how many events a second are read. */
async function fillAndRead(folder: string): Promise<number> {
  const store = await openSqliteStore({ folder, clock: () => new Date() });
  let written = 0;
  for (const { stream, event } of configuration())
    await store.append(stream, [stored(event, written++)], 'any');
  for (let first = 0; written < EVENTS; first += ROUND) {
    const calls = Map.groupBy(finishedCalls(ROUND, first), ({ stream }) => stream);
    await Promise.all(
      [...calls].map(([stream, events]) =>
        store.append(
          stream,
          events.map(({ event }) => stored(event, written++)),
          'any',
        ),
      ),
    );
  }
  const read = await perSecondRead(store, written);
  await store.close();
  return read;
}

function stored({ type, data }: { readonly type: string; readonly data: object }, n: number): EventToAppend {
  const commandId = randomUUID();
  return {
    id: randomUUID(),
    type,
    schemaVersion: schemaOf(type).schemaVersion,
    data: data as JsonObject,
    metadata: {
      actor: 'cdr-collector',
      correlationId: commandId,
      causationId: commandId,
      commandId,
      occurredAt: new Date(begin + n * APART).toISOString(),
    },
  };
}

async function perSecondRead(store: EventStore, events: number): Promise<number> {
  const start = performance.now();
  let read = 0;
  for await (const page of store.readAll({}))
    for (const { data, metadata } of page) if (typeof data === typeof metadata) read += 1;
  if (read !== events) throw new Error(`Read ${read} events of ${events}.`);
  return (events / (performance.now() - start)) * 1_000;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Views of the pair answer once the log is folded. */
async function caughtUp(url: URL): Promise<void> {
  for (;;) {
    const { status } = await fetch(new URL('/health/ready', url)).catch(() => ({ status: 503 }));
    if (status === 200) return;
    await pause(500);
  }
}

async function figuresOf(url: URL): Promise<Figures> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const valueOf = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return {
    process_cpu_seconds_total: valueOf('process_cpu_seconds_total'),
    process_resident_memory_bytes: valueOf('process_resident_memory_bytes'),
  };
}

/** Had the pool failed in the middle, and been failed over after twelve minutes. */
const request = (signal: AbortSignal): RequestInit => {
  const middle = begin + (EVENTS / 2) * APART;
  const add = (command: string, seconds: number) => ({
    add: { command, body: { pool: primary }, at: new Date(middle + seconds * 1_000).toISOString() },
  });
  return {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
    body: JSON.stringify({
      from: new Date(begin).toISOString(),
      to: new Date(begin + EVENTS * APART).toISOString(),
      alternatives: [
        {
          name: 'failed',
          edits: [add('declare-outage', 0), add('initiate-failover', 60), add('complete-failover', 720)],
        },
      ],
    }),
  };
};

/** The lines of an answer, as they come. */
async function* linesOf(url: URL, signal: AbortSignal): AsyncGenerator<JsonObject, void, undefined> {
  const response = await fetch(new URL(`/v1/pools/${primary}/what-if`, url), request(signal));
  const decoder = new TextDecoder();
  let rest = '';
  const body = response.body as AsyncIterable<Uint8Array> | null;
  for await (const bytes of body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as JsonObject;
  }
}

async function ask(url: URL): Promise<Asked> {
  const before = await figuresOf(url);
  const start = performance.now();
  let [progress, peak] = [0, 0];
  let last: JsonObject = {};
  for await (const line of linesOf(url, new AbortController().signal)) {
    last = line;
    if (!('progress' in line)) continue;
    progress += 1;
    peak = Math.max(peak, (await figuresOf(url)).process_resident_memory_bytes);
  }
  const milliseconds = performance.now() - start;
  const after = await figuresOf(url);
  const { result } = last as {
    readonly result?: { readonly alternatives: readonly { readonly lost: number }[] };
  };
  if ((result?.alternatives[0]?.lost ?? 0) < 1_000)
    throw new Error(`Not as planned: ${JSON.stringify(last).slice(0, 500)}`);
  return {
    milliseconds,
    progress,
    processorSeconds: after.process_cpu_seconds_total - before.process_cpu_seconds_total,
    grown:
      (Math.max(peak, after.process_resident_memory_bytes) - before.process_resident_memory_bytes) /
      1_048_576,
  };
}

/** Seconds of processor time in the two seconds after the client goes in the midst of the work. */
async function cutOff(url: URL): Promise<number> {
  const gone = new AbortController();
  for await (const line of linesOf(url, gone.signal)) {
    const { progress } = line as { readonly progress?: { readonly facts: number } };
    if ((progress?.facts ?? 0) > 0) break;
  }
  gone.abort();
  // What is under way, a page or some facts, is worked on to its end.
  await pause(200);
  const before = await figuresOf(url);
  await pause(2_000);
  const after = await figuresOf(url);
  return Math.max(after.process_cpu_seconds_total - before.process_cpu_seconds_total, 0.001);
}
