/** What an auditor asks, each in one step of the command line, while a pool is down. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type Service } from './support/service.js';
import { terminal } from './support/terminal.js';

const [berlin, hamburg] = ['pool-berlin.contoso.com', 'pool-hamburg.contoso.com'];

let service: Service;
let shell: ReturnType<typeof terminal>;

async function pk(line: string): Promise<string> {
  const argv = [...line.matchAll(/"([^"]*)"|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word);
  const ran = await shell(...argv);
  if (ran.exitCode !== 0) throw new Error(`${line}\n${ran.err}${ran.out}`);
  return ran.out;
}

beforeAll(async () => {
  service = await startService();
  shell = terminal(service.url);
  const before = [
    `register-pair --pool ${berlin} --pool ${hamburg}`,
    `export add examples/berlin-2026-11-17.zip --pool ${berlin} --occurred-at 2026-11-16T23:00:00Z`,
    `register-agent --agent sip:clara.brandt@contoso.com --home-pool ${hamburg} --occurred-at 2026-11-17T07:00:00Z`,
  ];
  for (const line of before) await pk(line);
  await pk(
    `declare-outage --pool ${berlin} --back-end-database unavailable --reason "SAN died" --occurred-at 2026-11-17T09:20:00Z`,
  );
});
afterAll(async () => await service.stop());

describe('An auditor', () => {
  it('sees who did what last, without single calls', async () => {
    const out = await pk(`audit-trail ${berlin} --without-calls --newest --limit 2`);
    expect(out).toMatch(/OutageDeclared/);
    expect(out).toMatch(/SAN died/);
    expect(out).not.toMatch(/CallArrived/);
  });

  it('sees what was believed before, and is told where nothing was on record', async () => {
    const trail = JSON.parse(await pk(`audit-trail ${berlin} --type OutageDeclared --json`)) as {
      readonly entries: readonly { readonly position: string }[];
    };
    const before = BigInt(trail.entries[0]?.position ?? 0) - 1n;
    expect(await pk(`pool ${berlin} --as-of ${before}`)).toMatch(/normal/);
  });

  it.each([
    `visibility ${berlin} --as-of 2026-11-17T09:30:00Z`,
    `pool ${berlin} --as-of 0`,
    `calls ${berlin} --as-of 0`,
    `configuration ${berlin} --at 2026-01-01T00:00:00Z`,
    `exports ${berlin} --as-of 0`,
    `audit-trail ${berlin} --as-of 0`,
    `incidents ${berlin} --as-of 0`,
    `diff ${berlin} --from 0 --to 0`,
    `replay ${berlin} --from 0 --to 0`,
  ])('is told where the record begins: %s', async (line) => {
    const { out, err, exitCode } = await shell(...line.split(' '));
    expect(exitCode).toBe(0);
    expect((out + err).replaceAll(/\s+/g, ' ')).toMatch(
      /was not registered at that moment\. Its record begins at position \d+, recorded 20\S+ \S+ \(--as-of\), with what happened 20\S+ \S+ \(--at\)/,
    );
  });

  it('is told since when an agent is on record, and that nothing was recorded in between', async () => {
    const { err, exitCode } = await shell('agent-console', 'clara.brandt@contoso.com', '--as-of', '0');
    expect(exitCode).toBe(4);
    expect(err.replaceAll(/\s+/g, ' ')).toMatch(
      /had been registered at that moment: the first that is on record happened 2026-11-17T07:00:00.000Z and was recorded 20\S+, at position \d+/,
    );
    const between = await shell('replay', berlin, '--from', '2', '--to', '2');
    expect(between.err).toContain('Nothing of this pool was recorded between the two moments.');
  });
});
