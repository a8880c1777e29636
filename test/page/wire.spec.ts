/** The page on a bad wire: nothing is lost, what is shown has its age, and two browsers see the same. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ask, declareOutage, registerPair } from '../http/support/commands.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { PageBench } from './support/page-bench.js';
import { Wire } from './support/wire.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];

describe('The page on a wire that breaks', () => {
  if (chromiumPath === null) {
    notRun('goes on in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  let wire: Wire;

  beforeAll(async () => {
    bench = await PageBench.open((service) => service.given(registerPair(a, b)));
    wire = await Wire.to(new URL(bench.origin));
  });
  afterAll(async () => {
    await wire.close();
    await bench.close();
  });

  const overWire = (path: string): Promise<Page> => bench.opened(path, wire.origin);

  it('says that it is not live, keeps what it showed, and has what happened meanwhile once it is back', async () => {
    const page = await overWire(`/pools/${a}`);
    const isLive = page.getByText('Live', { exact: true });
    await isLive.waitFor();
    wire.cut();
    await page.getByText('Reconnecting: what you see may be old').waitFor();
    await bench.service.given(declareOutage(a));
    expect(await page.locator('.stage-normal').first().isVisible()).toBe(true);
    wire.mend();
    await isLive.waitFor();
    await page.locator('.stage-outage').first().waitFor();
    await page.close();
  });

  it('shows what one browser did in another', async () => {
    const [one, other] = [await overWire(`/pools/${a}`), await overWire(`/pools/${a}`)];
    await other.getByText('Live', { exact: true }).waitFor();
    const status = await one.evaluate<number>(
      `fetch('/v1/commands/end-outage', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '${JSON.stringify({ pool: a })}' }).then((answer) => answer.status)`,
    );
    expect(status).toBe(200);
    for (const page of [one, other]) {
      await page.locator('.stage-normal').first().waitFor();
      await page.close();
    }
  });

  it('says where the store is away, with the age of what it shows, and goes on once it is back', async () => {
    const page = await overWire(`/pools/${a}`);
    const problem = {
      type: 'urn:poolkeeper:problem:unavailable',
      title: 'The service cannot answer now',
      status: 503,
      detail: 'The event store cannot be reached.',
    };
    await page.route('**/v1/**', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.getByText('The event store cannot be reached.').first().waitFor();
    await page.getByText('What you see was right at').first().waitFor();
    expect(await page.locator('.stage-normal').first().isVisible()).toBe(true);
    await page.unroute('**/v1/**');
    await bench.service.given(ask('declare-outage', { pool: a }));
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.locator('.stage-outage').first().waitFor();
    expect(await page.getByText('What you see was right at').count()).toBe(0);
    await page.close();
  });
});
