/** Plays the story on a service in memory, and gives the OpenAPI document with the answers as examples. */
import { createPrivateKey, hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { pino } from 'pino';
import { createApplication } from '../../src/api/application.js';
import { openApiDocument } from '../../src/api/documentation/document.js';
import type { Examples } from '../../src/api/documentation/examples.js';
import { pairStream } from '../../events/streams.js';
import { uuidOf } from '../../src/runtime/identifiers.js';
import { createPoolkeeper, type Poolkeeper, type PoolkeeperOptions } from '../../src/runtime/poolkeeper.js';
import type { NewSigner } from '../../src/runtime/seals/seal-keys.js';
import { SealSinks } from '../../src/runtime/seals/seal-sinks.js';
import { openMemoryStore } from '../../src/store/memory.js';
import type { EventStore, EventToAppend } from '../../src/store/port.js';
import { liveExample } from './live.js';
import { rareProblems, recordDeadLetters, recordProblems } from './problems.js';
import { poolA, recordExports, recordIncident, recordOperation } from './story.js';
import { AnswerRecorder, StoryClock, textIn } from './answer-recorder.js';
import { answerFormat } from '../../src/api/http/to-reply.js';

/** An event as a later version may write it. */
const ofTheFuture: EventToAppend = {
  id: uuidOf('an event of the future'),
  type: 'PoolDecommissioned',
  schemaVersion: 1,
  data: { pool: poolA },
  metadata: {
    actor: 'a.neumann',
    correlationId: 'upgrade',
    causationId: 'upgrade',
    commandId: 'upgrade',
    occurredAt: '2026-11-24T04:00:00.000Z',
  },
};

export interface Recording {
  readonly document: OpenAPIObject;
  readonly examples: Examples;
}

export async function recordAnswers(): Promise<Recording> {
  const clock = new StoryClock();
  const store = openMemoryStore({ clock: clock.now });
  const service = await serviceOn(store, clock, {
    minPositionPatience: 10,
    retries: { attempts: 1 },
    // Long enough for another to be asked for meanwhile.
    makeBackup: () =>
      pause(50, {
        folder: '/data/backups/2026-11-24T03-00-00.000Z',
        bytes: 147_456,
        position: 42,
        verification: { events: 42, streams: 7, broken: null },
      }),
  });
  const recorder = new AnswerRecorder(service.application, openApiDocument(service.application).paths, clock);
  await recordIncident(recorder);
  recorder.keepText(
    'live',
    'text/event-stream',
    await liveExample(service.application, `/v1/pools/${poolA}/live`),
  );
  recorder.keepText('fleet-live', 'text/event-stream', await liveExample(service.application, '/v1/live'));
  await recordProblems(recorder);
  await recordExports(recorder);
  await recordOperation(recorder);
  await recordElsewhere(recorder, clock);
  await recordSeals(recorder, clock);
  const pairId = textIn(await recorder.look(`/v1/pools/${poolA}`), 'pairId');
  await store.append(pairStream(pairId), [ofTheFuture], 'any');
  await recordDeadLetters(recorder);
  const examples = { ...recorder.kept, problems: { ...rareProblems, ...recorder.kept.problems } };
  const document = openApiDocument(service.application, examples);
  await service.stop();
  return { document, examples };
}

/** A service that takes no commands and keeps no file to back up, and one whose disk is full. */
async function recordElsewhere(recorder: AnswerRecorder, clock: StoryClock): Promise<void> {
  const busy = await serviceOn(openMemoryStore({ clock: clock.now }), clock, { maxPendingCommands: 0 });
  const there = recorder.at(busy.application);
  await there.ask({ operation: 'declare-outage' });
  await there.ask({ operation: 'backup' });
  await there.ask({ operation: 'seals' });
  await busy.stop();
  const full = await serviceOn(openMemoryStore({ clock: clock.now }), clock, {
    makeBackup: () => Promise.reject(new Error('ENOSPC: no space left on device')),
  });
  await recorder.at(full.application).ask({ operation: 'backup' });
  await full.stop();
}

/** A service that seals its log, with keys that are the same each time. */
async function recordSeals(recorder: AnswerRecorder, clock: StoryClock): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-'));
  const sinks = new SealSinks({ folder: '', webhook: '', notify: () => undefined });
  const sealing = { folder, interval: 3_600_000, sinks, newSigner: exampleSigner(), notify: () => undefined };
  const sealed = await serviceOn(openMemoryStore({ clock: clock.now }), clock, { sealing });
  const there = recorder.at(sealed.application);
  await there.ask({ operation: 'register-pair' });
  await sealed.poolkeeper.seals.sealing?.seal('interval');
  for (const operation of ['seals', 'latest-seal', 'seal-key', 'seal-keys', 'sealed-log']) {
    await there.ask({ operation });
  }
  await there.ask({ operation: 'seal-proof', query: { from: '1' } });
  await there.ask({ operation: 'rotate-seal-key' });
  await there.ask({ operation: 'renew-seals', body: { reason: 'The backup of Monday was restored.' } });
  await sealed.stop();
  rmSync(folder, { recursive: true });
}

/** Keys that anybody can make: they prove nothing. */
function exampleSigner(): NewSigner {
  let made = 0;
  return (name) => {
    const seed = hash('sha256', `example key ${(made += 1)}`, 'buffer');
    const key = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    return { name: name ?? `poolkeeper/example-${made}`, privateKey };
  };
}

async function serviceOn(
  store: EventStore,
  clock: StoryClock,
  options: Partial<PoolkeeperOptions>,
): Promise<{
  readonly application: NestFastifyApplication;
  readonly poolkeeper: Poolkeeper;
  stop(): Promise<void>;
}> {
  let ids = 0;
  const newId = (): string => uuidOf(`story ${(ids += 1)}`);
  const poolkeeper = createPoolkeeper({ store, clock: clock.now, newId, ...options, answerFormat });
  await poolkeeper.start();
  const log = pino({ level: 'silent' });
  const application = await createApplication(poolkeeper, { log, maxBodyBytes: 65_536 });
  await application.getHttpAdapter().getInstance().ready();
  return {
    application,
    poolkeeper,
    stop: async () => {
      await application.close();
      await poolkeeper.stop();
    },
  };
}
