/** The help desk: from "gone from the Control Panel" to the answer in one search, and into the ticket. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { everybodyCanRead } from './support/looks.js';
import { PageBench } from './support/page-bench.js';
import { agent, outageStory, primary } from './support/story.js';

describe('The help desk', () => {
  if (chromiumPath === null) {
    notRun('asks the page in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;

  beforeAll(async () => {
    bench = await PageBench.open(outageStory);
  });
  afterAll(() => bench.close());

  it('types what is gone, and reads why, since when, until when and what to do instead', async () => {
    const page = await bench.opened('/');
    await page.getByRole('link', { name: 'Why can’t I see it?' }).click();
    await page.getByLabel('What is looked for').fill('callers of payroll');
    const answer = page.getByRole('article');
    await answer.waitFor();
    expect(await answer.getByText('It is not shown').isVisible()).toBe(true);
    expect(await answer.textContent()).toContain(
      `The Control Panel does not show the workflow "Callers of payroll", as ${primary}, which owns it, is in stage failed-over`,
    );
    expect(await answer.locator('.sentences code').first().textContent()).toMatch(
      /^failed-over\/configuration\//,
    );
    expect(await answer.getByText('Shown again after').isVisible()).toBe(true);
    expect(await answer.locator('ol code').first().textContent()).toBe(
      `report-back-end-database ${primary} available`,
    );
    // The address can be pasted: it holds what was asked.
    expect(new URL(page.url()).search).toBe('?q=callers+of+payroll');
    await page.close();
  });

  it('asks with another tool, and keeps the answer for the ticket as it is', async () => {
    const page = await bench.opened(`/pools/${primary}/why?object=payroll&tool=controlPanel`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy answer and link' }).click();
    await page.getByText('Copied').waitFor();
    const [sentence, link = ''] = (await page.evaluate<string>('navigator.clipboard.readText()')).split('\n');
    expect(sentence).toContain('The Control Panel does not show');
    expect(link).toMatch(/\/why\?object=payroll&tool=controlPanel&asOf=\d+$/);
    await page.goto(link);
    await page.getByText('A moment of the past').waitFor();
    await page.getByRole('link', { name: 'Management Shell' }).click();
    await page.waitForURL(/tool=managementShell/);
    await page.getByText(/^The Management Shell/).waitFor();
    expect(page.url()).toMatch(/asOf=\d+/);
    await page.close();
  });

  it('finds an agent by name, and reads at once what the console shows, and where to sign in', async () => {
    const page = await bench.opened('/search?q=contoso,+Kim');
    const answer = page.getByRole('region', { name: agent });
    const said = await answer.innerText();
    expect(said).toMatch(/Home pool\s+pool-a\.contoso\.com/);
    expect(said).toMatch(/Can sign in at\s+no pool now/);
    expect(said).toMatch(/yes, sign-in does not work\s+no/);
    await everybodyCanRead(page);
    await page.close();
  });

  it('says at a moment of the past that what is found is of now, and nothing of it now', async () => {
    const found = 'What is found is what is on record now';
    const then = await bench.opened('/search?q=callers+of+payroll&at=incident/1/outage');
    await then.getByRole('article').waitFor();
    await then.getByText(found).waitFor();
    await everybodyCanRead(then);
    await then.close();
    const now = await bench.opened('/search?q=callers+of+payroll');
    await now.getByRole('article').waitFor();
    expect(await now.getByText(found).count()).toBe(0);
    await now.close();
  });

  it('is asked which one, where several are called so', async () => {
    const page = await bench.opened('/search?q=nobody-knows-this');
    await page.getByText('Nothing is called “nobody-knows-this” here.').waitFor();
    await page.getByLabel('What is looked for').fill('callers of');
    // One answer after the other, without a click.
    await page.getByRole('article').nth(1).waitFor();
    await page.getByLabel('With which tool').selectOption('agentConsole');
    await page.getByLabel('Whose console').fill(agent);
    await page.waitForURL(/agent=sip/);
    await page.close();
  });

  it('finds a call by its id: how it stands, why, and its history', async () => {
    const page = await bench.opened('/search?q=call-waiting');
    await page.getByRole('heading', { name: 'Call call-waiting' }).waitFor();
    await page.getByText(`as ${primary} went into stage outage`).click();
    expect(await page.locator('.sentences code').first().textContent()).toBe('outage/in-progress-calls/1');
    await page.close();
  });
});
