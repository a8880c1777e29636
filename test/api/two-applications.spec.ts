import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApplication } from '../../src/api/application.js';
import { createPoolkeeper, type Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { Listening } from '../http/support/listening.js';
import { answerFormat } from '../../src/api/http/to-reply.js';

const pool = 'pool-a.contoso.com';
const path = `/v1/pools/${pool}/live`;

let poolkeeper: Poolkeeper;
let first: NestFastifyApplication;
let second: NestFastifyApplication;
beforeEach(async () => {
  poolkeeper = createPoolkeeper({ answerFormat, store: openMemoryStore({ clock: () => new Date() }) });
  await poolkeeper.start();
  first = await listening();
  second = await listening();
  const pools = [pool, 'pool-b.contoso.com'].map((fqdn) => ({ fqdn, site: 'Berlin' }));
  await command(first, 'register-pair', { pools });
});
afterEach(async () => {
  await first.close();
  await second.close();
  await poolkeeper.stop();
});

async function listening(): Promise<NestFastifyApplication> {
  const application = await createApplication(poolkeeper, {
    log: pino({ level: 'silent' }),
    maxBodyBytes: 65_536,
  });
  await application.listen(0, '127.0.0.1');
  return application;
}

async function command(application: NestFastifyApplication, name: string, body: object): Promise<void> {
  const response = await application.inject({ method: 'POST', url: `/v1/commands/${name}`, payload: body });
  expect(response.statusCode).toBe(200);
}

const listenTo = async (application: NestFastifyApplication): Promise<Listening> => {
  const heard = await Listening.to(new URL(await application.getUrl()), path);
  await heard.heard('0');
  return heard;
};

const counted = async (application: NestFastifyApplication, series: string): Promise<string | undefined> => {
  const { body } = await application.inject('/metrics');
  return body.split('\n').find((line) => line.startsWith(series));
};

test('closing one application ends its own live connections, and those of another go on', async () => {
  const ofFirst = await listenTo(first);
  const ofSecond = await listenTo(second);
  await first.close();
  await ofFirst.over();
  expect(ofFirst.response.complete).toBe(true);
  await command(second, 'declare-outage', { pool, backEndDatabase: 'unknown' });
  await ofSecond.heard(String(await poolkeeper.store.lastPosition()));
  expect(await counted(second, 'poolkeeper_live_listeners')).toBe('poolkeeper_live_listeners 1');
  ofSecond.hangUp();
});

test('an application that begins after another was closed has live feeds', async () => {
  await first.close();
  const third = await listening();
  const heard = await listenTo(third);
  heard.hangUp();
  await third.close();
});

test('each application counts the appends, also after another was closed', async () => {
  const stored = 'poolkeeper_append_duration_seconds_count{outcome="stored"}';
  const before = await counted(second, stored);
  await first.close();
  await command(second, 'declare-outage', { pool, backEndDatabase: 'unknown' });
  expect([before, await counted(second, stored)]).toEqual([`${stored} 2`, `${stored} 3`]);
});
