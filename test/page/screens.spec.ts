/** The page in a real browser: live, at a moment, by keyboard, with names as they were typed, and away. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createAgentGroup,
  createWorkflow,
  ask,
  registerAgent,
  registerPair,
} from '../http/support/commands.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { oddName } from './support/every-screen.js';
import { PageBench } from './support/page-bench.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];

describe('The page', () => {
  if (chromiumPath === null) {
    notRun('shows every screen in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  let before: string;

  beforeAll(async () => {
    bench = await PageBench.open((service) =>
      service.given(
        registerPair(a, b),
        createWorkflow(a, 'help-desk'),
        ask('create-object', {
          pool: a,
          kind: 'workflow',
          id: 'odd',
          name: oddName.replaceAll(/[<>]/g, '\u2039'),
          properties: { primaryUri: 'sip:odd@contoso.com' },
          tool: 'managementShell',
        }),
        ask('create-object', {
          pool: a,
          kind: 'queue',
          id: 'q',
          name: oddName,
          properties: {},
          tool: 'managementShell',
        }),
        registerAgent('sip:kim@contoso.com', a),
        createAgentGroup(a, 'desk', ['sip:kim@contoso.com']),
        ask('report-call-arrived', { callId: 'call-1', pool: a, responseGroup: 'help-desk' }),
      ),
    );
    before = (await bench.service.shown(`/v1/pools/${a}`))['position'] as string;
  });
  afterAll(() => bench.close());

  it('names what others typed as text, whatever markup it holds', async () => {
    const page = await bench.opened(`/pools/${a}/objects`);
    expect(await page.getByText(oddName, { exact: true }).count()).toBe(1);
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
    await page.close();
  });

  it('shows a change without being loaded again', async () => {
    const page = await bench.opened(`/pools/${a}`);
    await page.getByText('Live', { exact: true }).waitFor();
    await bench.service.given(ask('declare-outage', { pool: a, reason: 'Fire.' }));
    await page.locator('.stage-outage').waitFor();
    // Another column is in force, and its answers give their sentences.
    await page.locator('td.in-force summary').first().click();
    await page.locator('td.in-force .sentences code').first().waitFor();
    expect(await page.locator('td.in-force .sentences code').first().textContent()).toContain(
      'outage/connected-calls/1',
    );
    await page.close();
  });

  it('shows a moment of the past, which stands in the address', async () => {
    const page = await bench.opened(`/pools/${a}`);
    await page.getByLabel('What was known at').fill(before);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`asOf=${before}$`));
    await page.locator('.stage-normal').waitFor();
    await page.getByRole('link', { name: 'Objects' }).click();
    await page.waitForURL(new RegExp(`/objects\\?asOf=${before}$`));
    await page.getByText('Back to now').click();
    await page.waitForURL(/\/objects$/);
    await page.close();
  });

  it('is used by keyboard: the first stop leads to the content, and what is focused is seen', async () => {
    const page = await bench.opened('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
    await page.close();
  });

  it('keeps what it showed, with its age, while the service is away', async () => {
    const page = await bench.opened(`/pools/${a}/objects`);
    await page.route('**/v1/**', (route) => route.abort());
    await page.getByLabel('Search by name or id').fill('desk');
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.getByText('The service cannot be reached.').first().waitFor();
    expect(await page.getByText('What you see was right at').first().isVisible()).toBe(true);
    expect(await page.getByRole('rowheader').count()).toBeGreaterThan(0);
    await page.close();
  });
});
