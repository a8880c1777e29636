/** The store taken away and back under a page that runs, in a real browser: the page says what it knows, and goes on. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventStoreDB } from '../../src/store/eventstoredb/open.js';
import { bySystemClock } from '../../src/runtime/schedule.js';
import { declareOutage, registerPair } from '../http/support/commands.js';
import { notRun } from '../store/support/checks.js';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { PageBench } from './support/page-bench.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];

describe('The page of a service whose store goes away', () => {
  if (chromiumPath === null) {
    notRun('says so in a real browser', noBrowser);
    return;
  }
  const server = new InProcessServer();
  let bench: PageBench;
  beforeAll(async () => {
    await server.start();
    const store = openEventStoreDB({
      connectionString: server.connectionString,
      deployment: 'page',
      clock: () => new Date(),
      deadline: 30_000,
      backoff: { first: 5, longest: 50 },
    });
    // Heartbeats at once, and not every 15 seconds.
    const live = {
      schedule: (milliseconds: number, run: () => void) => bySystemClock(Math.min(milliseconds, 300), run),
    };
    bench = await PageBench.open((service) => service.given(registerPair(a, b)), { store, live });
  });
  afterAll(async () => {
    await bench.close();
    server.stop();
  });

  it('says that it is not live and since when, keeps what it showed, and comes back by itself', async () => {
    const page = await bench.opened(`/pools/${a}`);
    const isLive = page.getByText('Live', { exact: true });
    await isLive.waitFor();
    server.stop();
    await page.getByText(/what you see may be old\. Not live since/).waitFor();
    expect(await page.locator('.stage-normal').first().isVisible()).toBe(true);
    expect((await bench.service.when(declareOutage(a))).status).toBe(503);
    // Whoever opens it now learns the same.
    const late = await bench.opened('/');
    await late.getByText('what you see may be old').waitFor();
    expect(await late.getByRole('heading', { name: a }).isVisible()).toBe(true);
    await server.start();
    for (const one of [page, late]) await one.getByText('Live', { exact: true }).waitFor();
    await bench.service.given(declareOutage(a));
    for (const one of [page, late]) {
      await one.locator('.stage-outage').first().waitFor();
      await one.close();
    }
  });
});
