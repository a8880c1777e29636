/** A what-if over a long log, as a stream: lines of progress, and an end to the work once the client is gone. */
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callStreamPrefix } from '../../events/streams.js';
import type { JsonObject } from '../../events/envelope.js';
import { openMemoryStore } from '../../src/store/memory.js';
import type { LogRange, StoredEvent } from '../../src/store/port.js';
import { StoreDecorator } from '../../src/store/store-decorator.js';
import { callArrives, createWorkflow, registerPair } from './support/commands.js';
import { Service } from './support/service.js';

const a = 'pool-a.contoso.com';

/** Reads of the calls of a pair come to no end until it is let go of: after what is there come pages with nothing in them. */
class EndlessStore extends StoreDecorator {
  isEndless = true;
  readonly reads = { begun: 0, ended: 0, pages: 0 };

  override readAll(range?: LogRange): AsyncIterable<readonly StoredEvent[]> {
    const isOfCalls = range?.streamPrefixes?.some((prefix) => prefix.startsWith('call-')) ?? false;
    const pages = super.readAll(range);
    return isOfCalls ? this.slowly(pages) : pages;
  }

  private async *slowly(pages: AsyncIterable<readonly StoredEvent[]>) {
    this.reads.begun += 1;
    try {
      yield* pages;
      while (this.isEndless) {
        this.reads.pages += 1;
        await nextTurn();
        yield [];
      }
    } finally {
      this.reads.ended += 1;
    }
  }
}

let store: EndlessStore;
let service: Service;
beforeEach(async () => {
  store = new EndlessStore(openMemoryStore({ clock: () => new Date() }));
  service = await Service.start({ store });
  await service.given(
    registerPair(a, 'pool-b.contoso.com'),
    createWorkflow(a, 'desk'),
    callArrives('one', a, 'desk'),
  );
  await service.caughtUp();
});
afterEach(async () => {
  store.isEndless = false;
  await service.stop();
});

async function asked() {
  const url = await service.listen();
  const request = httpRequest(new URL(`/v1/pools/${a}/what-if`, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
  });
  request.end(
    JSON.stringify({ from: '2020-01-01T00:00:00Z', alternatives: [{ name: 'as it was', edits: [] }] }),
  );
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const lines = createInterface({ input: response })[Symbol.asyncIterator]();
  return { response, line: async () => JSON.parse((await lines.next()).value ?? '{}') as JsonObject };
}

/** Waits for a condition; the time limit is that of the test. */
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await pause(5);
};

describe('A what-if over a long log', () => {
  it('says again and again how far it is, and gives the result at the end', async () => {
    expect(callStreamPrefix('any')).toMatch(/^call-/);
    const { line } = await asked();
    for (let n = 0; n < 3; n += 1) expect(await line()).toMatchObject({ progress: { part: 'reading' } });
    store.isEndless = false;
    let last = await line();
    while ('progress' in last) last = await line();
    expect(last).toMatchObject({ result: { pool: a, recorded: { cutOff: 0 } } });
    expect(store.reads).toMatchObject({ begun: 1, ended: 1 });
  }, 60_000);

  it('ends its work when the client is gone, and lets others go on', async () => {
    const { response, line } = await asked();
    await line();
    await until(() => store.reads.pages > 2);
    expect(store.reads).toMatchObject({ begun: 1, ended: 0 });
    response.destroy();
    await until(() => store.reads.ended === 1);
    const { pages } = store.reads;
    await pause(20);
    expect(store.reads.pages).toBe(pages);
    store.isEndless = false;
    const after = await service.send({
      method: 'POST',
      url: `/v1/pools/${a}/what-if`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      payload: JSON.stringify({ from: '2020-01-01T00:00:00Z', alternatives: [{ name: 'one', edits: [] }] }),
    });
    expect(after.status).toBe(200);
  }, 60_000);
});
