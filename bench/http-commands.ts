import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { load } from './http-load.js';
import { interleaved, type Row } from './report.js';
import { inFolder } from './sample-log.js';

const clients = 64;
const requests = 20_000;
const rounds = 5;
const dist = join(import.meta.dirname, '..');

/** Durable commands through HTTP, as the service is started by default, beside a bare POST route that stores nothing. */
export async function httpCommands(): Promise<readonly Row[]> {
  return await inFolder(async (folder) => {
    const service = await serve('src/main.js', { DATA_DIR: folder, PORT: '0' });
    const bare = await serve('bench/bare-server.js', {});
    try {
      await configure(service.port);
      let sent = 0;
      const arrivals = (): ((n: number) => { path: string; body: string }) => {
        const before = (sent += requests);
        return (n) => ({
          path: '/v1/commands/report-call-arrived',
          body: JSON.stringify({
            callId: `call-${before + n}`,
            pool: 'pool-a.contoso.com',
            responseGroup: 'help-desk',
          }),
        });
      };
      // Both servers are compiled by what they serve: nobody is measured cold.
      await load(service.port, clients, requests, arrivals());
      await load(bare.port, clients, requests, arrivals());
      const measured = await interleaved(rounds, {
        ours: () => load(service.port, clients, requests, arrivals()),
        bare: () => load(bare.port, clients, requests, arrivals()),
      });
      return [
        {
          what: `durable commands/s through HTTP, ${clients} clients`,
          ours: measured.ours,
          baseline: measured.bare,
          against: 'a bare Nest/Fastify POST route',
          goal: 0.5,
        },
      ];
    } finally {
      service.process.kill();
      bare.process.kill();
    }
  });
}

async function configure(port: number): Promise<void> {
  const pools = [{ fqdn: 'pool-a.contoso.com' }, { fqdn: 'pool-b.contoso.com' }];
  const properties = { primaryUri: 'sip:helpdesk@contoso.com' };
  const workflow = {
    pool: 'pool-a.contoso.com',
    kind: 'workflow',
    id: 'help-desk',
    name: 'Help Desk',
    properties,
  };
  await load(port, 1, 1, () => ({ path: '/v1/commands/register-pair', body: JSON.stringify({ pools }) }));
  await load(port, 1, 1, () => ({
    path: '/v1/commands/create-object',
    body: JSON.stringify({ ...workflow, tool: 'managementShell' }),
  }));
}

/** Starts our server in another process; its log is dropped once it has named its address. */
async function serve(
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly process: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, [join(dist, script)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url === undefined) continue;
    lines.close();
    child.stdout.resume();
    return { process: child, port: Number(new URL(url).port) };
  }
  throw new Error(`${script} ended before it served.`);
}
