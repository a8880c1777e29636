import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApplication } from '../../../src/api/application.js';
import { createPoolkeeper, type Poolkeeper } from '../../../src/runtime/poolkeeper.js';
import { MemoryTable, openMemoryStore } from '../../../src/store/memory.js';
import { answerFormat } from '../../../src/api/http/to-reply.js';

export interface Service {
  readonly url: string;
  readonly poolkeeper: Poolkeeper;
  readonly application: NestFastifyApplication;
  readonly stop: () => Promise<void>;
}

/** The whole service over a store in memory, on a free port of this machine or on the one that is given. */
export async function startService(port = 0, table = new MemoryTable()): Promise<Service> {
  const clock = (): Date => new Date();
  const poolkeeper = createPoolkeeper({ answerFormat, store: openMemoryStore({ clock, table }), clock });
  await poolkeeper.start();
  const log = pino({ level: 'silent' });
  const application = await createApplication(poolkeeper, { log, maxBodyBytes: 1_048_576 });
  await application.listen(port, '127.0.0.1');
  return {
    url: await application.getUrl(),
    poolkeeper,
    application,
    stop: async () => {
      await application.close();
      await poolkeeper.stop();
    },
  };
}
