import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { changeKeys } from '../src/access/keys/key-file.js';
import { digestOf, newKey } from '../src/access/keys/key.js';
import { unlimited } from './built-service.js';
import { clientsOf, CommandService } from './command-service.js';
import { interleaved, type Row } from './report.js';
import { inFolder } from './sample-log.js';

const requests = Number(process.env['BENCH_REQUESTS'] ?? 10_000);
const rounds = 5;
/** At most 5 % of a command. */
const goal = 0.95;

/** What a command costs more where its client proves who it is, and where the log is sealed each second. */
export async function accessAndSeals(): Promise<readonly Row[]> {
  return await inFolder(async (base) => {
    const services: CommandService[] = [];
    const start = async (
      name: string,
      script: string,
      more: Readonly<Record<string, string>> = {},
      key: string | null = null,
    ): Promise<CommandService> => {
      const folder = join(base, name);
      mkdirSync(folder);
      const environment = { DATA_DIR: folder, PORT: '0', ...unlimited, ...more };
      const service = await CommandService.start(script, environment, key);
      services.push(service);
      await service.configure();
      await service.arrivals(requests);
      return service;
    };
    try {
      const keys = join(base, 'api-keys');
      const key = await aKey(keys);
      const open = await start('open', 'src/main.js');
      const proved = await start('proved', 'src/main.js', { API_KEYS_FILE: keys }, key);
      const unsealed = await start('unsealed', 'bench/sealed-service.js', { SEALED: 'no' });
      const sealed = await start('sealed', 'bench/sealed-service.js', { SEALED: 'yes' });
      const measured = await interleaved(rounds, {
        open: () => open.arrivalsByWork(requests),
        proved: () => proved.arrivalsByWork(requests),
        unsealed: () => unsealed.arrivalsByWork(requests),
        sealed: () => sealed.arrivalsByWork(requests),
      });
      const row = (what: string, ours: number, against: string, baseline: number): Row => ({
        what: `commands through HTTP per second of the processor, ${clientsOf}, ${what}`,
        ours,
        baseline,
        against,
        goal,
      });
      return [
        row('with an API key', measured.proved, 'open on this machine', measured.open),
        row('sealed each second', measured.sealed, 'without seals', measured.unsealed),
      ];
    } finally {
      for (const service of services) service.stop();
    }
  });
}

/** A key of an administrator in a new file. */
async function aKey(file: string): Promise<string> {
  const id = 'bench';
  const key = newKey(id);
  const sha256 = digestOf(key).toString('hex');
  await changeKeys(file, () => [{ id, sha256, role: 'administrator', actor: 'bench' }]);
  return key;
}
