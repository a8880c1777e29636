/** The built service in a process of its own, with the example day and a pair that is as large as any. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBuilt, unlimited } from '../built-service.js';

/** Of the large pair. */
export const sizes = { workflows: 800, callsBefore: 7_500, callsInIncident: 5_000 } as const;
export const [large, largePartner] = ['pool-large-a.contoso.com', 'pool-large-b.contoso.com'];
export const example = 'pool-berlin.contoso.com';
const exampleDay = 'examples/berlin-hamburg-outage.ndjson';

interface Line {
  readonly command: string;
  readonly body: object;
  readonly at: string;
  readonly actor: string;
}

export class PageService {
  private constructor(
    private readonly child: ChildProcess,
    readonly origin: string,
  ) {}

  /** @throws Error where it ends before it serves */
  static async start(folder: string): Promise<PageService> {
    const { child, url } = await startBuilt('src/main.js', { DATA_DIR: folder, PORT: '0', ...unlimited });
    return new PageService(child, url.origin);
  }

  /** @param folder where a file may be written */
  async fill(folder: string): Promise<void> {
    const file = join(folder, 'large-pair.ndjson');
    writeFileSync(
      file,
      largePair()
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
    for (const played of [exampleDay, file]) await this.play(played);
  }

  async command(name: string, body: object): Promise<void> {
    const response = await fetch(`${this.origin}/v1/commands/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
    await response.arrayBuffer();
  }

  async asked<Value>(path: string): Promise<Value> {
    return (await (await fetch(this.origin + path)).json()) as Value;
  }

  stop(): void {
    this.child.kill();
  }

  /** As people do who try the service. @throws Error where lines are not taken */
  private async play(file: string): Promise<void> {
    const cli = spawn(process.execPath, ['bin/poolkeeper.js', '--url', this.origin, 'play', file], {
      stdio: 'ignore',
    });
    const [code] = (await once(cli, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${file} was not played.`);
  }
}

/** Two hours: a pair with many workflows, a morning of calls, and an outage that cuts off thousands. */
function largePair(): readonly Line[] {
  const begin = Date.parse('2026-11-18T08:00:00Z');
  const line = (second: number, command: string, body: object): Line => ({
    command,
    body,
    at: new Date(begin + second * 1_000).toISOString(),
    actor: 'bench@contoso.com',
  });
  const groupOf = (n: number): string => `desk-${n % sizes.workflows}`;
  const workflows = Array.from({ length: sizes.workflows }, (_, n) =>
    line(1, 'create-object', {
      pool: large,
      kind: 'workflow',
      id: `desk-${n}`,
      name: `Desk ${n}`,
      properties: { primaryUri: `sip:desk-${n}@contoso.com` },
      tool: 'managementShell',
    }),
  );
  const arrives = (second: number, callId: string, n: number): Line =>
    line(second, 'report-call-arrived', { callId, pool: large, responseGroup: groupOf(n) });
  const morning = Array.from({ length: sizes.callsBefore }, (_, n) => [
    arrives(10 + n / 4, `early-${n}`, n),
    line(11 + n / 4, 'report-call-ended', { callId: `early-${n}` }),
  ]);
  const lost = Array.from({ length: sizes.callsInIncident }, (_, n) =>
    arrives(2_001 + n / 2, `lost-${n}`, n),
  );
  return [
    line(0, 'register-pair', { pools: [{ fqdn: large }, { fqdn: largePartner }] }),
    ...workflows,
    ...morning.flat(),
    line(2_000, 'declare-outage', { pool: large, reason: 'Bench' }),
    ...lost,
    line(5_000, 'initiate-failover', { pool: large }),
    line(5_600, 'complete-failover', { pool: large }),
  ];
}
