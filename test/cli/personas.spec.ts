/** What the help desk and an auditor ask, each in one step of the command line, while a pool is down. */
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
  const found = await pk(`visibility ${berlin} --name "IT service" --kind workflow --json`);
  const [hotline] = (JSON.parse(found) as { readonly objects: readonly { readonly id: string }[] }).objects;
  for (const line of [
    `report-call-arrived --call-id c-1 --pool ${berlin} --response-group ${hotline?.id ?? ''} --caller "+49 30 12345" --occurred-at 2026-11-17T09:18:00Z`,
    `declare-outage --pool ${berlin} --back-end-database unavailable --reason "SAN died" --occurred-at 2026-11-17T09:20:00Z`,
  ]) {
    await pk(line);
  }
});
afterAll(async () => await service.stop());

describe('The help desk', () => {
  it('learns why a group is gone from the Control Panel', async () => {
    const out = await pk(`visibility ${berlin} --name "IT service" --kind workflow`);
    expect(out).toMatch(/IT Service Desk/);
    expect(out).not.toMatch(/\bqueue\b|Accounts/);
    // The statement, and its sentence.
    expect(out).toMatch(/outage\/configuration\/\d/);
    expect(out).toMatch(/back-end\s+database/);
  });

  it('learns why an agent cannot sign in', async () => {
    const out = await pk('agent-console clara.brandt@contoso.com');
    expect(out).toMatch(/outage\/agent-console\/\d/);
  });

  it('learns what happened to a call of which only the caller and the time are known', async () => {
    const out = await pk(
      `calls ${berlin} --caller +493012345 --from 2026-11-17T09:15:00Z --to 2026-11-17T09:25:00Z`,
    );
    expect(out).toMatch(/c-1/);
    expect(out).toMatch(/disconnected/);
    expect(out).toMatch(/outage\/[a-z-]+\/\d/);
  });
});

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
    expect(await pk(`visibility ${berlin} --as-of 2026-11-17T09:30:00Z`)).toMatch(
      /was not registered at that moment/,
    );
  });
});
