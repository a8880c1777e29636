import { readdirSync, readFileSync, rmSync, statSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCheckpoint } from '../../src/seals/checkpoint.js';
import { continues, includes } from '../../src/seals/proofs.js';
import { isSignedBy, parseNote, parseVerifierKey } from '../../src/seals/signed-note.js';
import { textOf } from '../../examples/generator/text-of.js';
import { compare } from '../../src/runtime/seals/comparison.js';
import { copyLog } from '../../src/store/copy-log.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { freshMedium } from './support/mediums.js';
import { SealSinks } from '../../src/runtime/seals/seal-sinks.js';
import type { SealingOptions } from '../../src/runtime/seals/sealing.js';
import { openSqliteStore } from '../../src/store/open-store.js';
import type { JsonObject } from '../../events/envelope.js';
import { declareOutage, registerAgent, registerPair } from './support/commands.js';
import { Service } from './support/service.js';

let folder = '';
let said: string[] = [];
const running: Service[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-seals-'));
  said = [];
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sealing = (more: Partial<SealingOptions> = {}): SealingOptions => ({
  folder,
  interval: 3_600_000,
  sinks: new SealSinks({ folder: '', webhook: '', notify: (sentence) => said.push(sentence) }),
  notify: (level, sentence) => said.push(`${level}: ${sentence}`),
  ...more,
});

async function started(more: Partial<SealingOptions> = {}): Promise<Service> {
  const store = await openSqliteStore({ folder, thread: false, clock: () => new Date() });
  const service = await Service.start({ store, sealing: sealing(more) });
  running.push(service);
  return service;
}

async function stopped(): Promise<void> {
  await running.pop()?.stop();
}

const sealed = async (service: Service): Promise<void> => {
  await service.poolkeeper.seals.sealing?.seal('interval');
};

const get = async (service: Service, url: string) => await service.send({ method: 'GET', url });

const bytes = (hex: unknown): Buffer => Buffer.from(String(hex), 'hex');
const hashes = (list: unknown): Buffer[] => (list as string[]).map(bytes);

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(20);
}

describe('Seals', () => {
  it('are signed notes over all that the log holds, and prove each event and each growth', async () => {
    const service = await started();
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    await sealed(service);
    const first = parseCheckpoint(parseNote((await get(service, '/v1/seals/latest')).text).text);
    for (let agent = 0; agent < 9; agent += 1) {
      await service.given(registerAgent(`sip:agent${agent}@contoso.com`, 'a.contoso.com'));
    }
    await sealed(service);

    const { text: note, headers } = await get(service, '/v1/seals/latest');
    expect(headers['content-type']).toMatch(/^text\/plain/);
    const verifier = parseVerifierKey((await get(service, '/v1/seals/key')).text);
    expect(isSignedBy(parseNote(note), verifier)).toBe(true);
    const latest = parseCheckpoint(parseNote(note).text);
    const { body } = await get(service, '/v1/seals');
    const seals = body['seals'] as JsonObject[];
    expect(seals[0]).toMatchObject({ size: latest.size, root: latest.root.toString('hex'), note });
    expect(seals.map(({ size }) => size)).toEqual([latest.size, first.size]);

    const lines = (await get(service, '/v1/seals/log')).text.trimEnd().split('\n');
    expect(lines).toHaveLength(latest.size);
    for (const line of lines) {
      const event = JSON.parse(line) as JsonObject;
      const { body: proof } = await get(service, `/v1/seals/proof?event=${textOf(event['id'])}`);
      expect(proof).toMatchObject({ size: latest.size, leaf: event['leaf'] });
      const leaf = { index: Number(proof['index']), hash: bytes(event['leaf']) };
      expect(includes(latest, leaf, hashes(proof['proof']))).toBe(true);
    }
    const { body: growth } = await get(service, `/v1/seals/proof?from=${first.size}&to=${latest.size}`);
    expect(continues(latest, first, hashes(growth['proof']))).toBe(true);
    expect(continues({ ...latest, root: first.root }, first, hashes(growth['proof']))).toBe(false);
  });

  it('are not made twice of the same log, but when the service stops', async () => {
    const service = await started();
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    await sealed(service);
    await sealed(service);
    await stopped();
    const again = await started();
    await until(() => again.poolkeeper.seals.sealing?.status.last?.occasion === 'start');
    const { body } = await get(again, '/v1/seals');
    expect((body['seals'] as JsonObject[]).map(({ occasion }) => occasion)).toEqual([
      'start',
      'stop',
      'interval',
    ]);
    expect(said).toEqual([]);
  });

  it('are made soon after a stage begins, without being asked for', async () => {
    const service = await started();
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'), declareOutage('a.contoso.com'));
    await until(() => service.poolkeeper.seals.sealing?.status.last?.occasion === 'lifecycle');
    const { size } = parseCheckpoint(parseNote((await get(service, '/v1/seals/latest')).text).text);
    expect(size).toBe(Number(await service.poolkeeper.store.lastPosition()));
  });

  it('are measured: how many events the last covers, when it was signed, and how many sinks fail', async () => {
    const target = join(folder, 'a file, and no folder');
    writeFileSync(target, '');
    const sinks = new SealSinks({ folder: target, webhook: '', notify: () => undefined });
    const service = await started({ sinks });
    const measured = async (name: string): Promise<number | null> => {
      const { text } = await get(service, '/metrics');
      const [, value] = new RegExp(`^${name} (.*)$`, 'm').exec(text) ?? [];
      return value === undefined ? null : Number(value);
    };
    expect(await measured('poolkeeper_seal_events')).toBe(null);
    expect(await measured('poolkeeper_seal_sinks_failing')).toBe(0);
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    await sealed(service);
    await until(() => sinks.fault !== null);
    const last = service.poolkeeper.seals.sealing?.status.last;
    expect(await measured('poolkeeper_seal_events')).toBe(2);
    expect(await measured('poolkeeper_seal_timestamp_seconds')).toBe(Date.parse(last?.at ?? '') / 1_000);
    expect(await measured('poolkeeper_seal_sinks_failing')).toBe(1);
  });

  it('come page by page', async () => {
    const service = await started();
    for (let agent = 0; agent < 5; agent += 1) {
      await service.given(registerPair(`a${agent}.contoso.com`, `b${agent}.contoso.com`));
      await sealed(service);
      await pause(2);
    }
    const found: unknown[] = [];
    for (let query = '?limit=2'; query !== '';) {
      const { body } = await get(service, `/v1/seals${query}`);
      found.push(...(body['seals'] as JsonObject[]).map(({ size }) => size));
      query = body['next'] === null ? '' : `?limit=2&before=${textOf(body['next'])}`;
    }
    expect(found).toHaveLength(5);
    expect(found).toEqual([...found].sort((one, other) => Number(other) - Number(one)));
  });

  it('refuse sizes that the tree does not have, with a sentence', async () => {
    const service = await started();
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    await sealed(service);
    const asked = async (query: string): Promise<[number, string]> => {
      const { status, body } = await get(service, `/v1/seals/proof?${query}`);
      return [status, textOf(body['detail'])];
    };
    expect(await asked('from=1&to=99')).toEqual([400, expect.stringContaining('/to: must be at most 2')]);
    expect(await asked('from=2&to=1')).toEqual([400, expect.stringContaining('must not be larger than to')]);
    expect(await asked('event=nobody')).toEqual([404, 'There is no event nobody.']);
    expect(await asked('event=nobody&size=3')).toEqual([400, expect.stringContaining('must be at most 2')]);
    expect(await asked('')).toEqual([400, expect.stringContaining('give event')]);
    expect(await asked('from=-1')).toEqual([400, expect.stringContaining('number of events')]);
    const [event] = (await get(service, '/v1/seals/log')).text.split('\n').slice(1);
    const { id } = JSON.parse(event ?? '') as { id: string };
    expect(await asked(`event=${id}&size=1`)).toEqual([
      400,
      expect.stringContaining('is number 2 of the log'),
    ]);
  });

  it('answer 501 where there is no folder for them', async () => {
    const store = await openSqliteStore({ folder, thread: false, clock: () => new Date() });
    const service = await Service.start({ store });
    running.push(service);
    for (const path of ['', '/latest', '/key', '/keys', '/proof?from=0']) {
      const { status, body } = await get(service, `/v1/seals${path}`);
      expect([status, body['type']]).toEqual([501, 'urn:poolkeeper:problem:no-seals']);
    }
  });
});

describe('Seals of a log in EventStoreDB', () => {
  it('are of the same tree as those of its copy, go on after a restart, and find what is missing', async () => {
    const medium = await freshMedium('eventstoredb');
    const first = await Service.start({ store: await medium.open(), sealing: sealing() });
    await first.given(
      registerPair('a.contoso.com', 'b.contoso.com'),
      registerAgent('sip:kim@contoso.com', 'a.contoso.com'),
    );
    await first.caughtUp();
    await sealed(first);
    const copy = openMemoryStore({ clock: () => new Date() });
    const store = await medium.open();
    await copyLog(store, copy, () => undefined);
    const latest = parseCheckpoint(parseNote((await get(first, '/v1/seals/latest')).text).text);
    expect(await compare(copy.readAll(), [latest], null)).toMatchObject({
      events: latest.size,
      difference: null,
    });
    await first.stop();
    const again = await Service.start({ store: await medium.open(), sealing: sealing() });
    await until(() => again.poolkeeper.seals.sealing?.status.last?.occasion === 'start');
    expect(again.poolkeeper.seals.sealing?.status).toMatchObject({
      onHold: null,
      last: { size: latest.size },
    });
    await again.given(registerAgent('sip:lee@contoso.com', 'a.contoso.com'));
    await again.caughtUp();
    await sealed(again);
    expect(said).toEqual([]);
    const now = parseCheckpoint(parseNote((await get(again, '/v1/seals/latest')).text).text);
    const { difference } = await compare(copy.readAll(), [now], null);
    expect(difference).toMatchObject({ kind: 'cut', from: latest.size + 1, to: now.size });
    expect(await compare(store.readAll(), [latest, now], null)).toMatchObject({ difference: null });
    await again.stop();
    await store.close();
    medium.release();
  });
});

describe('The key of seals', () => {
  it('is readable by its owner alone, and is in no answer', async () => {
    const service = await started();
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    await sealed(service);
    const file = join(folder, 'seal-key.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { privateKey } = JSON.parse(readFileSync(file, 'utf8')) as { privateKey: string };
    const secret = privateKey.split('\n')[1] ?? '';
    const all = await Promise.all(
      ['/v1/seals', '/v1/seals/key', '/v1/seals/keys', '/health', '/metrics'].map((url) => get(service, url)),
    );
    expect(secret.length).toBeGreaterThan(20);
    expect(all.filter(({ text }) => text.includes(secret))).toEqual([]);
    expect(readdirSync(join(folder, 'seals')).some((name) => name.includes('key.json'))).toBe(false);
  });

  it('is replaced by one that the old one signs for, and both stay listed', async () => {
    const service = await started();
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    await sealed(service);
    const old = parseVerifierKey((await get(service, '/v1/seals/key')).text);
    const payload = JSON.stringify({ reason: 'The administrator left.' });
    const headers = { 'content-type': 'application/json' };
    const rotated = await service.send({ method: 'POST', url: '/v1/seals/key', headers, payload });
    const rotation = parseNote(textOf(rotated.body['rotation']));
    const current = parseVerifierKey(textOf(rotated.body['key']));
    expect(rotation.text).toContain('The administrator left.');
    expect([isSignedBy(rotation, old), isSignedBy(rotation, current)]).toEqual([true, true]);
    const latest = parseNote((await get(service, '/v1/seals/latest')).text);
    expect([isSignedBy(latest, old), isSignedBy(latest, current)]).toEqual([false, true]);
    expect((await get(service, '/v1/seals/key')).text.trim().split('\n')).toHaveLength(2);
    await stopped();
    const again = await started();
    expect(again.poolkeeper.seals.sealing?.log.keys.verifierKey).toBe(rotated.body['key']);
  });

  it('that cannot be read leaves the service running, unsealed, and says so without showing it', async () => {
    await started();
    await stopped();
    const file = join(folder, 'seal-key.json');
    writeFileSync(file, '{"name":"x","privateKey":"geheim"}');
    const service = await started();
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    const { status, body } = await get(service, '/v1/seals');
    expect([status, body['detail']]).toEqual([501, expect.stringContaining('seal-key.json')]);
    expect(said.join()).toContain('The log is not sealed');
    expect(said.join()).not.toContain('geheim');
  });
});

describe('A log that is not the one that was sealed', () => {
  const cut = (statements: string): void => {
    const database = new DatabaseSync(join(folder, 'poolkeeper.db'));
    database.exec(statements);
    database.close();
  };

  async function withSomeEvents(): Promise<number> {
    const service = await started();
    for (let pair = 0; pair < 4; pair += 1) {
      await service.given(registerPair(`a${pair}.contoso.com`, `b${pair}.contoso.com`));
    }
    await stopped();
    return 8;
  }

  it('is noticed at start where its end is missing, and is not sealed as if nothing had happened', async () => {
    await withSomeEvents();
    cut('delete from events where position > 5; update sqlite_sequence set seq = 5');
    const service = await started();
    await until(() => service.poolkeeper.seals.sealing?.status.onHold !== null);
    expect(said.join()).toMatch(/error: The log does not continue the seal of .* over 8 events/);
    expect(said.join()).toContain('event 6, and all after it up to event 8, are missing');
    const { body: health } = await get(service, '/health');
    expect(health).toMatchObject({ status: 'ok', details: { seals: { onHold: expect.any(String) } } });
    await service.given(registerPair('a9.contoso.com', 'b9.contoso.com'));
    await sealed(service);
    const { body } = await get(service, '/v1/seals');
    expect((body['seals'] as JsonObject[])[0]).toMatchObject({ size: 8, occasion: 'stop' });
    expect(body['onHold']).toEqual(expect.stringContaining('Nothing is sealed'));
  });

  it('is sealed again under another name once somebody says why', async () => {
    await withSomeEvents();
    cut('delete from events where position > 5; update sqlite_sequence set seq = 5');
    const service = await started();
    await until(() => service.poolkeeper.seals.sealing?.status.onHold !== null);
    const { origin } = (await get(service, '/v1/seals')).body;
    const headers = { 'content-type': 'application/json' };
    const payload = JSON.stringify({ reason: 'Backup of Monday restored' });
    const { body } = await service.send({ method: 'POST', url: '/v1/seals/renewal', headers, payload });
    expect(body['origin']).not.toBe(origin);
    expect(readdirSync(join(folder, textOf(body['before']))).some((name) => name.startsWith('seals-'))).toBe(
      true,
    );
    const latest = parseCheckpoint(parseNote((await get(service, '/v1/seals/latest')).text).text);
    expect(latest).toMatchObject({ origin: body['origin'], size: 5, occasion: 'renewal' });
    expect((await get(service, '/health')).body).toMatchObject({ details: { seals: { sealed: 5 } } });
  });

  it('is noticed where the last sealed event is another, and where events came while the service was stopped', async () => {
    const events = await withSomeEvents();
    cut(`update events set data = replace(data, 'a3.contoso', 'x3.contoso') where position = ${events}`);
    const service = await started();
    await until(() => service.poolkeeper.seals.sealing?.status.onHold !== null);
    expect(said.join()).toContain(`Event ${events} of the log was changed`);
    await stopped();
    cut(`update events set data = replace(data, 'x3.contoso', 'a3.contoso') where position = ${events}`);
    said = [];
    const store = await openSqliteStore({ folder, thread: false, clock: () => new Date() });
    const metadata = {
      actor: 'mallory',
      correlationId: 'c',
      causationId: 'c',
      commandId: 'c',
      occurredAt: '2026-01-01T00:00:00.000Z',
    };
    const event = {
      id: 'e9c2a1a0-0000-4000-8000-000000000001',
      type: 'OutageEnded',
      schemaVersion: 1,
      data: { pool: 'a' },
      metadata,
    };
    await store.append('refusals-x', [event], 'any');
    await store.close();
    await started();
    await until(() => said.length > 0);
    expect(said.join()).toContain('1 events after position 8 were stored while this service did not run');
  });

  it('whose tree was lost is read again, and goes on under the same seals', async () => {
    const events = await withSomeEvents();
    rmSync(join(folder, 'seals', 'tree'));
    const service = await started();
    await until(() => service.poolkeeper.seals.sealing?.status.last?.occasion === 'start');
    expect(service.poolkeeper.seals.sealing?.status).toMatchObject({ onHold: null, last: { size: events } });
    expect(said).toEqual([]);
  });
});

describe('Sinks of seals', () => {
  it('get every seal: a folder as files by time and size, a webhook as text, also when it is away at first', async () => {
    const received: string[] = [];
    let failures = 2;
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      request.on('end', () => {
        failures -= 1;
        if (failures < 0) received.push(text);
        response.statusCode = failures < 0 ? 204 : 503;
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const webhook = `http://127.0.0.1:${port}/hook?secret=geheim`;
    const target = join(folder, 'elsewhere');
    const sinks = new SealSinks({
      folder: target,
      webhook,
      notify: (sentence) => said.push(sentence),
      firstWait: 5,
    });
    const service = await started({ sinks });
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    await sealed(service);
    await until(() => received.length > 0);
    const note = (await get(service, '/v1/seals/latest')).text;
    expect(received).toEqual([note]);
    await until(() => sinks.fault === null);
    expect(said).toEqual([`Seals cannot be sent to the webhook at 127.0.0.1:${port}: it answers 503`]);
    await until(() => readdirSync(target).some((name) => name.endsWith('.seal')));
    const [file = ''] = readdirSync(target);
    expect(file).toMatch(/^\d{8}T\d{9}Z-2\.seal$/);
    expect(readFileSync(join(target, file), 'utf8')).toBe(note);
    await stopped();
    server.close();
  });
});
