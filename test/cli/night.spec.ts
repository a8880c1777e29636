/** An administrator's night by the runbook alone: what it prints is typed as it stands, from the nightly zips to the end. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type Service } from './support/service.js';
import { terminal, type Ran } from './support/terminal.js';

const [berlin, hamburg] = ['pool-berlin.contoso.com', 'pool-hamburg.contoso.com'];

let service: Service;
let shell: ReturnType<typeof terminal>;
beforeAll(async () => {
  service = await startService();
  shell = terminal(service.url);
});
afterAll(async () => await service.stop());

/** What was typed so far. */
const typed: string[] = [];

async function type(line: string): Promise<Ran> {
  typed.push(line);
  // None of these values holds a quote; a shell takes away those around them.
  const [, ...argv] = [...line.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, quoted]) => quoted ?? word);
  const ran = await shell(...argv);
  if (ran.exitCode !== 0) throw new Error(`${line}\n${ran.err}`);
  return ran;
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The steps that the runbook prints in detail, each with its lines in order. */
function sectionsOf(out: string): readonly Section[] {
  const sections: { title: string; lines: string[] }[] = [];
  for (const line of out.split('\n')) {
    if (line.startsWith('  ')) sections.at(-1)?.lines.push(line);
    else sections.push({ title: line, lines: [] });
  }
  return sections.filter(({ lines }) => lines.length > 0);
}

const recordLines = ({ lines }: Section): readonly string[] =>
  lines.flatMap((line) => (line.startsWith('  record: ') ? [line.replace('  record: ', '')] : []));

/** What the administrator knows and the record does not. */
const filledIn = (line: string): string =>
  line
    .replace('<available|unavailable>', 'unavailable')
    .replace('<home pool of the agent>', berlin)
    .replaceAll(/<(sip:[^|>]+)[^>]*>/g, '$1');

/** Asks the runbook once, and does what it prints to be done now; what is optional only where it gets agents back. */
async function follow(only: (title: string) => boolean = () => true): Promise<readonly string[]> {
  const { out } = await type(`poolkeeper runbook ${berlin}`);
  const done: string[] = [];
  for (const section of sectionsOf(out)) {
    const isOptional = section.title.endsWith('(optional)') && !section.title.includes('agents sign in');
    if (isOptional || section.title.endsWith('(blocked)') || !only(section.title)) continue;
    const lines = recordLines(section);
    for (const line of lines) await type(filledIn(line));
    if (lines.length > 0) done.push(section.title);
  }
  return done;
}

describe('A night by the runbook', () => {
  it('takes twenty commands at most, from the nightly zips to the end of the incident', async () => {
    await type(`poolkeeper register-pair --pool ${berlin}@Berlin --pool ${hamburg}@Hamburg`);
    await type(`poolkeeper export add examples/berlin-2026-11-17.zip --pool ${berlin} --now`);
    await type(`poolkeeper export add examples/hamburg-2026-11-17.zip --pool ${hamburg} --now`);

    expect(await follow((title) => title === 'Record the outage')).toEqual(['Record the outage']);
    expect(await follow()).toEqual([
      'Find out whether the back-end database is up',
      'Import into the backup pool',
      'Fail the pool over',
    ]);
    expect(await follow()).toEqual([
      'Have formal agents sign in on the backup pool (optional)',
      'Fail the pool back',
    ]);
    expect(await follow()).toEqual([
      'Record that the back-end database is available again',
      'Have formal agents sign in on the pool',
      'Close the incident',
    ]);
    expect(typed.length).toBeLessThanOrEqual(20);

    const { out } = await shell('runbook', berlin);
    expect(out).toMatch(/\(stage normal\) .* no incident/);
    expect(out).toMatch(/\nNext: nothing has to be done; if the pool fails: Record the outage$/);
    const readiness = JSON.parse((await shell('--json', 'readiness', berlin)).out) as {
      readonly atStake: { readonly total: number };
      readonly findings: readonly { readonly id: string }[];
    };
    expect(readiness.atStake.total).toBe(0);
    expect(readiness.findings.map(({ id }) => id)).not.toContain('sign-in-debt');
  });

  it('had the failover recorded before its cmdlet, and after it', () => {
    const [began, ended] = ['initiate-failover', 'complete-failover'].map((verb) =>
      typed.findIndex((line) => line.startsWith(`poolkeeper ${verb} `)),
    );
    expect(began).toBeGreaterThan(0);
    expect(ended).toBeGreaterThan(began ?? 0);
    expect(typed.filter((line) => line.includes('<'))).toEqual([]);
  });
});
