/** A service that seals its log each second, or never, and differs in nothing else. Prints its address. */
import { join } from 'node:path';
import { pino } from 'pino';
import { createApplication } from '../src/api/application.js';
import { answerFormat } from '../src/api/http/to-reply.js';
import { createPoolkeeper } from '../src/runtime/poolkeeper.js';
import { openSnapshots } from '../src/runtime/projections/snapshots/open-snapshots.js';
import { SealSinks } from '../src/runtime/seals/seal-sinks.js';
import type { SealingOptions } from '../src/runtime/seals/sealing.js';
import { openSqliteStore } from '../src/store/open-store.js';

const { DATA_DIR: folder = '', SEALED } = process.env;
const clock = (): Date => new Date();
const notify = (level: string, sentence: string): void => {
  if (level !== 'info') console.error(sentence);
};
const sealing: SealingOptions = {
  folder,
  interval: 1_000,
  sinks: new SealSinks({ folder: '', webhook: '', notify: (sentence) => notify('error', sentence) }),
  notify,
};
const poolkeeper = createPoolkeeper({
  store: await openSqliteStore({ folder, clock }),
  clock,
  answerFormat,
  snapshots: openSnapshots(folder).cache,
  witnessFile: join(folder, 'acknowledged.json'),
  sealing: SEALED === 'yes' ? sealing : null,
});
await poolkeeper.start();
const application = await createApplication(poolkeeper, {
  log: pino({ level: 'silent' }),
  maxBodyBytes: 1_048_576,
});
await application.listen(0, '127.0.0.1');
console.log(JSON.stringify({ url: await application.getUrl() }));
