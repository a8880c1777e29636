import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApplication } from '../../src/api/application.js';
import type { Poolkeeper } from '../../src/runtime/poolkeeper.js';

/** The service over HTTP, without a log and without limits to how often it is asked. */
export const createQuietApplication = async (poolkeeper: Poolkeeper): Promise<NestFastifyApplication> =>
  await createApplication(poolkeeper, {
    log: pino({ level: 'silent' }),
    maxBodyBytes: 1_048_576,
    access: { limits: { RATE_LIMIT: 0 } },
  });
