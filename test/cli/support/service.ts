import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApplication } from '../../../src/api/application.js';
import { createPoolkeeper, type Poolkeeper } from '../../../src/runtime/poolkeeper.js';
import { MemoryTable, openMemoryStore } from '../../../src/store/memory.js';
import type { EventStore } from '../../../src/store/port.js';
import { answerFormat } from '../../../src/api/http/to-reply.js';

export interface Service {
  readonly url: string;
  readonly poolkeeper: Poolkeeper;
  readonly application: NestFastifyApplication;
  readonly stop: () => Promise<void>;
}

/** The whole service over a store in memory, on a free port of this machine or on the one that is given. */
export const startService = async (port = 0, table = new MemoryTable()): Promise<Service> =>
  await startServiceOn(openMemoryStore({ clock, table }), port);

const clock = (): Date => new Date();

/** The same over a store, which stops with it. */
export async function startServiceOn(store: EventStore, port = 0): Promise<Service> {
  const poolkeeper = createPoolkeeper({ answerFormat, store, clock });
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
