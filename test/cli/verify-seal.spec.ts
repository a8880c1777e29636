import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { refusalsStream } from '../../events/streams.js';
import type { JsonObject } from '../../events/envelope.js';
import { auditEntry } from '../../projections/audit-trail/entry.js';
import { decode } from '../../src/runtime/decode.js';
import { leafOf } from '../../src/runtime/seals/leaf-of.js';
import { leavesOfEntry, type EntryOfEvent } from '../../src/runtime/seals/leaf-of-entry.js';
import { SealSinks } from '../../src/runtime/seals/seal-sinks.js';
import { NO_HASH, sealPosition, sealText } from '../../src/store/hash-chain.js';
import { openSqliteStore } from '../../src/store/open-store.js';
import { backUp } from '../../src/store/sqlite/backup.js';
import { ask, declareOutage, registerAgent, registerPair } from '../http/support/commands.js';
import { Service } from '../http/support/service.js';
import { terminal, type Ran } from './support/terminal.js';

const clock = (): Date => new Date();
let base = '';
let kept = '';
let folder = '';
/** Positions of the events of interest. */
let events = 0;

const sealing = (where: string) => ({
  folder: where,
  interval: 3_600_000,
  sinks: new SealSinks({ folder: '', webhook: '', notify: () => undefined }),
  notify: () => undefined,
});

const file = (): string => join(folder, 'poolkeeper.db');

/** A stopped service's data folder, and what an auditor has kept of it: one seal, and the key. */
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'poolkeeper-sealed-'));
  kept = mkdtempSync(join(tmpdir(), 'poolkeeper-kept-'));
  const store = await openSqliteStore({ folder: base, thread: false, clock });
  const service = await Service.start({ store, sealing: sealing(base) });
  for (let pair = 0; pair < 4; pair += 1) {
    await service.given(registerPair(`a${pair}.contoso.com`, `b${pair}.contoso.com`));
  }
  for (let agent = 0; agent < 60; agent += 1) {
    await service.given(registerAgent(`sip:agent${agent}@contoso.com`, 'a0.contoso.com'));
  }
  await service.given(declareOutage('a0.contoso.com'));
  await service.when(ask('failback', { pool: 'a1.contoso.com' }));
  await service.when(ask('failback', { pool: 'a2.contoso.com' }));
  await service.given(registerAgent('sip:last@contoso.com', 'a1.contoso.com'));
  const key = await service.send({ method: 'GET', url: '/v1/seals/key' });
  writeFileSync(join(kept, 'key.txt'), key.text);
  const log = service.poolkeeper.seals.sealing?.log;
  await service.stop();
  const last = log?.last;
  writeFileSync(join(kept, 'kept.seal'), last?.note ?? '');
  events = last?.size ?? 0;
});
afterAll(() => {
  for (const one of [base, kept]) rmSync(one, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-tampered-'));
  cpSync(base, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const verify = async (...more: readonly string[]): Promise<Ran> =>
  await terminal('http://127.0.0.1:9')(
    'verify',
    '--seal',
    join(kept, 'kept.seal'),
    '--key',
    join(kept, 'key.txt'),
    ...more,
  );

function tamper(work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file());
  try {
    work(database);
  } finally {
    database.close();
  }
}

const sql = (statements: string) => (): void => tamper((database) => database.exec(statements));

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** What an insider with the file can do: makes all hashes right for what the table holds now. */
function rehash(database: DatabaseSync): void {
  const rows = database.prepare('select * from events order by position').all() as object[] as Row[];
  const heads = new Map<string, string>();
  let logHash = NO_HASH;
  const update = database.prepare('update events set hash = ?, log_hash = ? where position = ?');
  for (const row of rows) {
    const hash = sealText(row, heads.get(row.stream) ?? NO_HASH);
    logHash = sealPosition(hash, logHash);
    heads.set(row.stream, hash);
    update.run(hash, logHash, row.position);
  }
}

const withHashes = (statements: string) => (): void =>
  tamper((database) => {
    database.exec(statements);
    rehash(database);
  });

/** Removes events, and closes up positions and revisions as if they had never been. */
const removedWithoutATrace = (position: number): string => `
  create temp table gone as select stream, revision from events where position = ${position};
  delete from events where position = ${position};
  update events set position = position - 1 where position > ${position};
  update events set revision = revision - 1 where stream = (select stream from gone) and revision > (select revision from gone);
  update sqlite_sequence set seq = seq - 1;`;

/** Index entries that lead nowhere: what the table has, readers do not find. */
function withoutIndexEntries(): void {
  tamper((database) => {
    database.enableDefensive(false);
    const [index] = database
      .prepare("select name, sql from sqlite_schema where type = 'index' order by name")
      .all() as { name: string }[];
    database.exec(`pragma writable_schema = on;
      create index spare on events (stream, revision) where position <> 20;
      update sqlite_schema set rootpage = (select rootpage from sqlite_schema where name = 'spare') where name = '${index?.name}';
      delete from sqlite_schema where name = 'spare';
      pragma writable_schema = off;`);
  });
}

async function appended(): Promise<void> {
  const store = await openSqliteStore({ folder, thread: false, clock });
  const metadata = {
    actor: 'mallory',
    correlationId: 'c',
    causationId: 'c',
    commandId: 'c',
    occurredAt: '2026-01-01T00:00:00.000Z',
  };
  const id = 'e9c2a1a0-0000-4000-8000-000000000001';
  const event = { id, type: 'OutageEnded', schemaVersion: 1, data: { pool: 'a0.contoso.com' }, metadata };
  await store.append(refusalsStream('x'), [event], 'any');
  await store.close();
}

const tampers: readonly (readonly [what: string, how: () => void | Promise<void>, found: RegExp])[] = [
  [
    'the data of an event',
    sql(`update events set data = '{}' where position = 20`),
    /Event 20 of the log was changed: \S+ \S+ \(position 20, "agent-/,
  ],
  [
    'one blank in the data',
    sql(`update events set data = replace(data, '":', '": ') where position = 20`),
    /Event 20 of the log was changed/,
  ],
  [
    'the actor',
    sql(`update events set metadata = json_set(metadata, '$.actor', 'bob') where position = 20`),
    /Event 20 of the log was changed/,
  ],
  [
    'the type',
    sql(`update events set type = 'AgentSignedIn' where position = 20`),
    /Event 20 of the log was changed/,
  ],
  [
    'when it happened',
    sql(
      `update events set metadata = json_set(metadata, '$.occurredAt', '2020-01-01T00:00:00.000Z') where position = 20`,
    ),
    /Event 20 of the log was changed/,
  ],
  [
    'when it was recorded',
    sql(`update events set recorded_at = '2020-01-01T00:00:00.000Z' where position = 20`),
    /another schema version or time/,
  ],
  [
    'the schema version',
    sql(`update events set schema_version = 2 where position = 20`),
    /another schema version or time/,
  ],
  [
    'the id',
    sql(`update events set id = 'e9c2a1a0-0000-4000-8000-000000000001' where position = 20`),
    /Event 20 of the log was changed/,
  ],
  [
    'two neighbours that changed places',
    sql(
      'update events set position = -1 where position = 20; update events set position = 20 where position = 21; update events set position = 21 where position = -1',
    ),
    /Events 20 and 21 of the log have changed places/,
  ],
  [
    'an event in the middle that is missing',
    sql('delete from events where position = 20'),
    /Event 20 of the log is missing: \S+ \S+ \(position 21/,
  ],
  [
    'the last event of a stream that is missing',
    sql(
      "delete from events where position = (select max(position) from events where stream like 'refusals-%')",
    ),
    /Event \d+ of the log is missing/,
  ],
  [
    'a whole stream that is missing',
    sql('delete from events where stream = (select stream from events where position = 20)'),
    /Event 20 of the log is missing/,
  ],
  [
    'the same with positions closed up',
    sql(
      'delete from events where position = 20; update events set position = position - 1 where position > 20; update sqlite_sequence set seq = seq - 1',
    ),
    /Event 20 of the log is missing: \S+ \S+ \(position 20/,
  ],
  [
    'the last event of the log that is missing',
    sql('delete from events where position = (select max(position) from events)'),
    /The log was cut: event \d+/,
  ],
  [
    'a hash that is wrong',
    sql(`update events set hash = '${'0'.repeat(64)}' where position = 20`),
    /Its own chain of hashes is broken: The event/,
  ],
  [
    'a row before the first',
    sql(
      `insert into events select -5, 'agent-x', 0, 'e9c2a1a0-0000-4000-8000-000000000001', type, schema_version, recorded_at, data, metadata, hash, log_hash from events where position = 20`,
    ),
    /Event 1 of the log was inserted: \S+ \S+ \(position -5, "agent-x"/,
  ],
  [
    'the highest position that is forgotten',
    sql('delete from sqlite_sequence'),
    /Its own chain of hashes is broken/,
  ],
  // The five that the chain of hashes cannot tell.
  [
    'the last 50 that are cut off, with the highest position set back',
    withHashes(
      'delete from events where position > (select max(position) from events) - 50; update sqlite_sequence set seq = (select max(position) from events)',
    ),
    /The log was cut: event \d+, and all after it up to event \d+, are missing\. The last one that is left is \S+ \S+ \(position \d+/,
  ],
  [
    'an event that was appended with right hashes',
    appended,
    /1 event comes after the seal that the service signed when it stopped, the first is OutageEnded e9c2a1a0-0000-4000-8000-000000000001 \(position \d+, "refusals-x"/,
  ],
  [
    'an edit with all later hashes made right',
    withHashes(`update events set data = replace(data, 'agent', 'agenT') where position = 20`),
    /Event 20 of the log was changed: \S+ \S+ \(position 20/,
  ],
  [
    'a removal with all later hashes made right',
    withHashes(removedWithoutATrace(20)),
    /Event 20 of the log is missing: \S+ \S+ \(position 20/,
  ],
  [
    'an insertion with all later hashes made right',
    withHashes(
      `update events set position = -position where position >= 20; update events set position = 1 - position where position < 0; insert into events select 20, 'agent-x', 0, 'e9c2a1a0-0000-4000-8000-000000000001', type, schema_version, recorded_at, data, metadata, hash, log_hash from events where position = 19; update sqlite_sequence set seq = seq + 1`,
    ),
    /Event 20 of the log was inserted: \S+ \S+ \(position 20, "agent-x"/,
  ],
  ['index entries that are missing', withoutIndexEntries, /position 20\)/],
  [
    'a trigger that drops refusals',
    sql(
      "create trigger quiet before insert on events when new.stream like 'refusals-%' begin select raise(ignore); end",
    ),
    /trigger "quiet" that Poolkeeper did not make/,
  ],
];

describe('verify --seal, with one seal that was kept', () => {
  it('finds a log that is what was sealed whole, without a service and without changing the log', async () => {
    const before = [readFileSync(file()), readFileSync(join(folder, 'seals', 'tree'))];
    const ran = await verify('--log', folder);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toContain('The log is whole as far as it was sealed');
    expect(ran.out).toContain(`${events} events, sealed at`);
    expect([readFileSync(file()), readFileSync(join(folder, 'seals', 'tree'))]).toEqual(before);
  });

  it.each(tampers)('finds %s, and where', async (_, how, found) => {
    await how();
    const ran = await verify('--log', folder);
    expect(ran.out).toMatch(found);
    expect(ran).toMatchObject({ exitCode: 1, err: '' });
  });

  it('says at least between which events, where the file of the tree was made to agree with the tamper', async () => {
    withHashes(`update events set data = replace(data, 'agent', 'agenT') where position = 20`)();
    rmSync(join(folder, 'seals', 'tree'));
    const ran = await verify('--log', folder);
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toMatch(/one of the events \d+ to \d+ of the log/);
    const withIndex = await verify('--log', folder, '--index', join(base, 'seals', 'tree'));
    expect(withIndex.out).toContain('Event 20 of the log was changed');
  });

  it('checks a backup, which carries its seals, and an export of the log', async () => {
    const made = await backUp(file(), clock(), false);
    expect((await verify('--log', made.folder)).exitCode).toBe(0);
    expect(readdirSync(made.folder).sort()).toEqual(['poolkeeper.db', 'seals']);

    const store = await openSqliteStore({ folder, thread: false, clock });
    const service = await Service.start({ store });
    const { text } = await service.send({ method: 'GET', url: '/v1/seals/log' });
    await service.stop();
    const file2 = join(folder, 'log.ndjson');
    writeFileSync(file2, text);
    expect(await verify('--log', file2)).toMatchObject({ exitCode: 0 });
    writeFileSync(file2, text.replace('agent7@', 'agent8@'));
    const index = join(folder, 'seals', 'tree');
    const ran = await verify('--log', file2, '--index', index);
    expect(ran).toMatchObject({ exitCode: 1 });
    expect(ran.out).toMatch(/Event \d+ of the log was changed/);
  });

  it('compares the kept zips of exports with their hashes, and says of damaged ones that they are not the log', async () => {
    mkdirSync(join(folder, 'exports'));
    const content = Buffer.from('a zip, as far as its hash is concerned');
    const zip = join(folder, 'exports', `${createHash('sha256').update(content).digest('hex')}.zip`);
    writeFileSync(zip, content);
    const sound = await verify('--log', folder);
    expect(sound).toMatchObject({ exitCode: 0 });
    expect(sound.out).toContain('The kept files are what was sent: 1 of exports.');
    writeFileSync(zip, content.subarray(1));
    const damaged = await verify('--log', folder);
    expect(damaged).toMatchObject({ exitCode: 1 });
    expect(damaged.out).toContain('whole as far as it was sealed, but kept files of exports are damaged');
    expect(damaged.out).toContain(`The kept file ${basename(zip)} is damaged`);
  });

  it('refuses what is no seal, a seal that was changed, one of another key, and flags that do not go together', async () => {
    const note = readFileSync(join(kept, 'kept.seal'), 'utf8');
    mkdirSync(join(folder, 'other'));
    const other = join(folder, 'other', 'x.seal');
    const key = ['--key', join(kept, 'key.txt'), '--log', folder];
    const cli = terminal('http://127.0.0.1:9');
    writeFileSync(other, 'nothing\n');
    expect(await cli('verify', '--seal', other, ...key)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('holds no seal'),
    });
    writeFileSync(other, note.replace(`\n${events}\n`, `\n${events - 1}\n`));
    expect(await cli('verify', '--seal', join(folder, 'other'), ...key)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('is not signed by a key that is trusted'),
    });
    const foreign = join(folder, 'key.txt');
    writeFileSync(foreign, 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n');
    expect(
      await cli('verify', '--seal', join(kept, 'kept.seal'), '--key', foreign, '--log', folder),
    ).toMatchObject({ exitCode: 1 });
    expect(await cli('verify', '--key', foreign)).toMatchObject({
      exitCode: 2,
      err: '--key goes with --seal only.',
    });
    expect(await cli('verify', '--seal', join(kept, 'kept.seal'), '--log', join(folder, 'no'))).toMatchObject(
      { exitCode: 2 },
    );
  });
});

describe('verify --seal, with the first verifier key of several', () => {
  const seals: string[] = [];

  /** Rotates the key twice; keeps a seal of each. */
  beforeEach(async () => {
    rmSync(join(folder, 'seals'), { recursive: true });
    rmSync(join(folder, 'seal-key.json'));
    seals.splice(0);
    const store = await openSqliteStore({ folder, thread: false, clock });
    const service = await Service.start({ store, sealing: sealing(folder) });
    const keep = async (url: string, name: string): Promise<void> => {
      const path = join(folder, name);
      writeFileSync(path, (await service.send({ method: 'GET', url })).text);
      if (name.endsWith('.seal')) seals.push(path);
    };
    await service.poolkeeper.seals.sealing?.seal('interval');
    await keep('/v1/seals/key', 'first.key');
    await keep('/v1/seals/latest', '0.seal');
    for (const name of ['1.seal', '2.seal']) {
      await service.poolkeeper.seals.rotate('once a year');
      await keep('/v1/seals/latest', name);
    }
    await service.stop();
  });

  const check = async (...more: readonly string[]): Promise<Ran> =>
    await terminal('http://127.0.0.1:9')(
      ...['verify', ...seals.flatMap((seal) => ['--seal', seal]), '--log', folder],
      ...['--key', join(folder, 'first.key'), ...more],
    );

  it('follows the notes that the old and the new key have signed, to the seals of the last', async () => {
    const ran = await check('--json');
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(JSON.parse(ran.out)).toMatchObject({
      whole: true,
      seals: [{ holds: true }, { holds: true }, { holds: true }],
      keys: [expect.any(String), expect.any(String), expect.any(String)],
    });
  });

  it('believes no key for which the one before it has not signed', async () => {
    const keys = join(folder, 'seals', 'keys.ndjson');
    const listed = readFileSync(keys, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    const withoutNote = listed.map((line, index) => (index === 1 ? { ...line, rotation: null } : line));
    const forged = listed.map((line, index) =>
      index === 1 && 'rotation' in line
        ? { ...line, rotation: String(line.rotation).replace('once a year', 'once a week') }
        : line,
    );
    for (const lines of [withoutNote, forged]) {
      writeFileSync(keys, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      expect(await check()).toMatchObject({
        exitCode: 1,
        err: expect.stringContaining('1.seal is not signed by a key that is trusted here'),
      });
    }
  });
});

describe('verify --seal, of an export of an audit trail', () => {
  let trail = '';
  let lines: JsonObject[] = [];

  beforeEach(async () => {
    const store = await openSqliteStore({ folder, thread: false, clock });
    const service = await Service.start({ store });
    const answer = await service.get('/v1/pools/a0.contoso.com/audit-trail?format=ndjson');
    await service.stop();
    lines = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonObject);
    trail = join(folder, 'trail.ndjson');
  });

  const written = async (entries: readonly object[], ...more: readonly string[]): Promise<Ran> => {
    writeFileSync(trail, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    return await verify('--log', trail, '--index', join(base, 'seals', 'tree'), ...more);
  };
  const at = (index: number, change: object): JsonObject[] =>
    lines.map((entry, line) => (line === index ? { ...entry, ...change } : entry));
  const last = (): number => lines.findLastIndex(({ derived }) => derived === false);

  it('finds each of its events in the tree, also of a part of it, and says what it does not tell', async () => {
    const ran = await written(lines);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toContain('Every event in this trail was sealed');
    expect(ran.out).toContain(`${lines.length} entries, ${lines.length} of them among the ${events} events`);
    expect(ran.out).toContain('Not told: whether the trail is complete.');
    expect(await written(lines.filter((_, line) => line % 3 === 0))).toMatchObject({ exitCode: 0 });
    const json = await written(lines, '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      whole: true,
      size: events,
      sealed: lines.length,
      unsealed: 0,
    });
  });

  const changes: readonly (readonly [member: string, change: object])[] = [
    ['data', { data: { agent: 'sip:mallory@contoso.com' } }],
    ['actor', { actor: 'mallory' }],
    ['occurredAt', { occurredAt: '2020-01-01T00:00:00.000Z' }],
    ['recordedAt', { recordedAt: '2020-01-01T00:00:00.000Z' }],
    ['id', { id: 'e9c2a1a0-0000-4000-8000-000000000001' }],
    ['stream', { stream: 'agent-x' }],
    ['revision', { revision: '7' }],
    ['type', { type: 'AgentSignedIn' }],
    ['because', { because: ['nothing'] }],
    ['provedBy', { provedBy: 'key' }],
  ];
  it.each(changes)('finds that the %s of an entry was changed, in which line', async (_, change) => {
    const ran = await written(at(5, change));
    expect(ran).toMatchObject({ exitCode: 1, err: '' });
    expect(ran.out).toMatch(/line 6, \S+ \S+: it was changed: the leaf that it names was sealed/);
    const withoutLeaf = await written(at(5, { ...change, leaf: undefined }));
    expect(withoutLeaf.out).toMatch(/line 6, .*: it is not among the events that were sealed/);
  });

  it.each([
    ['refused', { refused: true }],
    ['command', { command: 'failback' }],
    ['derived', { derived: true }],
    ['causedBy', { causedBy: 'nothing' }],
  ])('finds that %s is not what the event says', async (member, change) => {
    const ran = await written(at(5, change));
    expect(ran).toMatchObject({ exitCode: 1 });
    expect(ran.out).toContain(`its member ${member} is not what the event says`);
  });

  it('finds an entry that stands twice, and two that changed places', async () => {
    const twice = await written([...lines, lines[last()] ?? {}]);
    expect(twice.out).toMatch(new RegExp(`line ${lines.length + 1}, .*: it was sealed as event`));
    const [first = {}, second = {}, ...rest] = lines;
    expect((await written([second, first, ...rest])).out).toMatch(/line 2, .* stands after event/);
  });

  it('says of an event that came after the seal that it is not among those that were sealed', async () => {
    const store = await openSqliteStore({ folder, thread: false, clock });
    const service = await Service.start({ store });
    await service.given(registerAgent('sip:later@contoso.com', 'a0.contoso.com'));
    const { text } = await service.get('/v1/pools/a0.contoso.com/audit-trail?format=ndjson');
    await service.stop();
    const all = text.trimEnd().split('\n');
    const ran = await written(all.map((line) => JSON.parse(line) as JsonObject));
    expect(ran).toMatchObject({ exitCode: 1 });
    expect(ran.out).toContain('1 of ');
    expect(ran.out).toMatch(new RegExp(`line ${all.length}, AgentRegistered .* or stored after the seal`));
  });

  it('names what is missing: the leaves, leaves of this seal, or an entry', async () => {
    writeFileSync(trail, lines.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    const other = join(folder, 'other-tree');
    writeFileSync(other, readFileSync(join(base, 'seals', 'tree')).subarray(64));
    expect(await verify('--log', trail, '--index', other)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('has the root of none of these seals'),
    });
    expect(await verify('--log', trail, '--index', join(folder, 'nothing'))).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--index is needed'),
    });
    expect(await written([...lines, { derived: false }])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining(`Line ${lines.length + 1} of`),
    });
  });
});

describe('The leaf of an entry', () => {
  it('is that of the stored event also where its payload was of an earlier version', () => {
    const [id, stream, type] = ['x', 'pair-1', 'OutageDeclared'];
    const ids = { correlationId: 'c', causationId: 'd', commandId: 'd' };
    const times = { occurredAt: '2026-01-01T00:00:00.000Z', recordedAt: '2026-01-01T00:00:00.000Z' };
    const metadata = { actor: 'kim', ...ids, ...times, schemaVersion: 1 };
    for (const data of [{ pool: 'a' }, { pool: 'a', reason: null }, { pool: 'a', reason: 'fire' }]) {
      const { recordedAt } = times;
      const stored = {
        id,
        stream,
        type,
        revision: 0n,
        position: 1n,
        schemaVersion: 1,
        recordedAt,
        data,
        metadata,
      };
      const event = decode(stored);
      const entry = auditEntry(event, []) as EntryOfEvent;
      expect(leavesOfEntry(entry)).toContain(leafOf(stored).toString('hex'));
      expect(leavesOfEntry({ ...entry, actor: 'lee' })).not.toContain(leafOf(stored).toString('hex'));
    }
  });
});
