/** The sign-in in a real browser: with an API key, and with the account of an identity provider. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { declareOutage, registerPair } from '../http/support/commands.js';
import { ConfiguredService } from '../http/support/configured.js';
import { audience, clientSecret, OpenIdProvider } from '../http/support/open-id-provider.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser, openBrowser, settled } from './support/browser.js';
import { freePort } from './support/free-port.js';
import { actorOf, enterKey, keyedService, type KeyedService } from './support/keyed.js';
import { everybodyCanRead } from './support/looks.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];

describe('A reader whom the service does not know', () => {
  if (chromiumPath === null) {
    notRun('signs in with a real browser', noBrowser);
    return;
  }
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  describe('with an API key', () => {
    let known: KeyedService;
    beforeAll(async () => {
      known = await keyedService();
      await known.given(registerPair(a, b));
    });
    afterAll(() => known.stop());

    async function opened(path: string): Promise<Page> {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(known.origin + path);
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      return page;
    }

    it('is asked for one on the screen that was opened, and everybody can read that', async () => {
      const page = await opened(`/pools/${a}/objects?kind=queue`);
      await everybodyCanRead(page);
      await page.context().close();
    });

    it('is told why a key does not do, and stays out', async () => {
      const page = await opened('/');
      for (const [wrong, why] of [
        ['no key at all', 'A key has no spaces'],
        ['pk_operator.wrong', 'The service does not take this key.'],
      ] as const) {
        await enterKey(page, wrong);
        await page.getByRole('alert').getByText(why).waitFor();
      }
      expect(await page.getByText(a).count()).toBe(0);
      await page.context().close();
    });

    it('sees the screen that was asked for, live, with who they are; the key is in no address', async () => {
      const page = await opened(`/pools/${a}`);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await enterKey(page, known.keys.operator);
      await page.getByText(actorOf('operator')).waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      await known.given(declareOutage(a));
      await page.locator('.stage-outage').waitFor();
      expect(asked.filter((url) => url.includes('pk_'))).toEqual([]);
      expect(page.url()).not.toContain('pk_');
      expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).toBe('{}');
      await page.reload();
      await page.locator('.stage-outage').waitFor();
      await page.context().close();
    });

    it('signs out, and nothing that was shown stays', async () => {
      const page = await opened(`/pools/${a}`);
      await enterKey(page, known.keys.viewer);
      await page.getByRole('heading', { name: a }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).first().click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      expect(await page.getByText(a).count()).toBe(0);
      expect(await page.evaluate('sessionStorage.length')).toBe(0);
      await page.context().close();
    });

    it('is told which role it takes where theirs is too little', async () => {
      const page = await opened('/service');
      await enterKey(page, known.keys.viewer);
      await page.getByRole('button', { name: 'Verify now' }).click();
      await page.getByText('It needs the role auditor.').waitFor();
      await page.context().close();
    });
  });

  it('signs in with an account, comes back to the screen, and signs out', async () => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const provider = await OpenIdProvider.start([`${origin}/v1/session/callback`]);
    const service = await ConfiguredService.start({
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: audience,
      OIDC_CLIENT_ID: 'page',
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_ACTOR_CLAIM: 'preferred_username',
      PUBLIC_URL: origin,
    });
    await service.listen(port);
    const page = await browser.newPage();
    await page.goto(`${origin}/readiness?q=1`);
    await page.getByRole('link', { name: 'Sign in with your account' }).click();
    // The provider asks who it is, and whether the service may know it.
    await page.locator('input[name=login]').fill('kim');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]').click();
    await page.waitForURL(`${origin}/readiness?q=1`);
    await page.getByText('kim@contoso.com').waitFor();
    await settled(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in with your account' }).waitFor();
    await page.close();
    await service.stop();
    await provider.stop();
  });
});
