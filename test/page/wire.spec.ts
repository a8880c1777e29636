/** The page on a bad wire: nothing is lost, what is shown has its age, and two browsers see the same. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ask, declareOutage, registerPair } from '../http/support/commands.js';
import { Service } from '../http/support/service.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser, openBrowser, settled } from './support/browser.js';
import { Wire } from './support/wire.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];

describe('The page on a wire that breaks', () => {
  if (chromiumPath === null) {
    notRun('goes on in a real browser', noBrowser);
    return;
  }
  let service: Service;
  let browser: Browser;
  let wire: Wire;

  beforeAll(async () => {
    service = await Service.start();
    await service.given(registerPair(a, b));
    wire = await Wire.to(await service.listen());
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await wire.close();
    await service.stop();
  });

  async function opened(path: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(wire.origin + path);
    await settled(page);
    return page;
  }

  it('says that it is not live, keeps what it showed, and has what happened meanwhile once it is back', async () => {
    const page = await opened(`/pools/${a}`);
    const isLive = page.getByText('Live', { exact: true });
    await isLive.waitFor();
    wire.cut();
    await page.getByText('Reconnecting: what you see may be old').waitFor();
    await service.given(declareOutage(a));
    expect(await page.locator('.stage-normal').first().isVisible()).toBe(true);
    wire.mend();
    await isLive.waitFor();
    await page.locator('.stage-outage').first().waitFor();
    await page.close();
  });

  it('shows what one browser did in another', async () => {
    const [one, other] = [await opened(`/pools/${a}`), await opened(`/pools/${a}`)];
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
    const page = await opened(`/pools/${a}`);
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
    await service.given(ask('declare-outage', { pool: a }));
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.locator('.stage-outage').first().waitFor();
    expect(await page.getByText('What you see was right at').count()).toBe(0);
    await page.close();
  });
});
