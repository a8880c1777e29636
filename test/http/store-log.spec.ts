import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApplication } from '../../src/api/application.js';
import { answerFormat } from '../../src/api/http/to-reply.js';
import { createPoolkeeper, type Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { until } from '../store/support/checks.js';
import { storeOn } from './support/instances.js';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly err?: unknown;
}

const [info, warn, error] = [30, 40, 50];

describe('The log of the service', () => {
  const server = new InProcessServer();
  let lines: readonly Line[] = [];
  let poolkeeper: Poolkeeper;
  let application: NestFastifyApplication;
  beforeAll(async () => {
    await server.start();
    poolkeeper = createPoolkeeper({ store: storeOn(server), answerFormat });
    await poolkeeper.start();
    const log = pino(
      { base: null },
      { write: (line: string) => void (lines = [...lines, JSON.parse(line) as Line]) },
    );
    application = await createApplication(poolkeeper, { log, maxBodyBytes: 1_024 });
    await application.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await application.close();
    await poolkeeper.stop();
    server.stop();
  });

  const poll = async (url: string): Promise<number> =>
    (await application.getHttpAdapter().getInstance().inject({ url })).statusCode;
  const isFollowing = (): boolean =>
    poolkeeper.runner.isFollowing && poolkeeper.store.status?.().following === true;
  const told = (): readonly Line[] => lines.filter(({ msg }) => msg.startsWith('The event store'));

  it('says once that the store is lost, and once that it is back; polls of the health are no errors', async () => {
    await until(isFollowing);
    expect(await poll('/health')).toBe(200);
    server.stop();
    await until(() => told().length > 0);
    for (let polls = 0; polls < 5; polls += 1) {
      expect(await poll('/health/ready')).toBe(503);
      expect(await poll('/v1/pools?asOf=2026-11-24T10:00:00Z')).toBe(503);
    }
    expect(told()).toMatchObject([
      { level: warn, msg: expect.stringMatching(/cannot be reached: .*(ECONNREFUSED|connection)/) },
    ]);
    await server.start();
    await until(() => told().length > 1);
    expect(told()[1]).toMatchObject({
      level: info,
      msg: expect.stringMatching(/reached again, after \d+\.\d s\.$/),
    });
    expect(lines.filter(({ level, err }) => level >= error || err !== undefined)).toEqual([]);
    expect(told()).toHaveLength(2);
    await until(isFollowing);
    expect(await poll('/health')).toBe(200);
  });
});
