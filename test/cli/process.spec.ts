import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startService, type Service } from './support/service.js';

/** The built command line: `npm test` builds before it tests. */
const main = 'dist/src/cli/main.js';

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

let service: Service;

const poolkeeper = async (...argv: readonly string[]): Promise<Ended> =>
  await new Promise((resolve) => {
    const env = { ...process.env, POOLKEEPER_URL: service.url };
    const child = execFile(process.execPath, [main, ...argv], { env }, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });

const fileOf = (...lines: readonly object[]): string => fileNamed('day.ndjson', lines);
const fileNamed = (name: string, lines: readonly object[]): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'poolkeeper-play-')), name);
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
};

beforeAll(async () => {
  service = await startService();
});
afterAll(async () => await service.stop());

describe('as a process of its own', () => {
  test('it gives a command, shows a view and ends with 0', async () => {
    const pair = ['--pool', 'pool-a.contoso.com@Berlin', '--pool', 'pool-b.contoso.com@Hamburg'];
    expect(await poolkeeper('register-pair', ...pair)).toMatchObject({ exitCode: 0, stderr: '' });
    const view = await poolkeeper('pools');
    expect(view).toMatchObject({ exitCode: 0, stderr: '' });
    expect(view.stdout).toMatch(/pool-a\.contoso\.com +│ pool-b\.contoso\.com +│ Berlin +│ normal/);
    expect(view.stdout).not.toContain('\u001b');
  });

  test('it ends with the code of what went wrong', async () => {
    expect(await poolkeeper('end-outage', '--pool', 'pool-z.contoso.com')).toMatchObject({
      exitCode: 4,
      stdout: '',
    });
    expect(await poolkeeper('bogus')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test('it plays a file with names where ids are asked, twice alike', async () => {
    const line = (second: number, command: string, body: object) => ({
      at: `2026-01-02T03:00:0${second}Z`,
      actor: 'kim',
      command,
      body,
    });
    const pool = 'pool-n.contoso.com';
    const properties = { primaryUri: 'sip:orders@contoso.com' };
    const lines = [
      line(1, 'register-pair', { pools: [{ fqdn: pool }, { fqdn: 'pool-o.contoso.com' }] }),
      line(2, 'create-object', {
        pool,
        kind: 'workflow',
        id: 'w-9',
        name: 'Orders',
        properties,
        tool: 'controlPanel',
      }),
      line(3, 'report-call-arrived', { callId: 'by-name', pool, responseGroup: 'ORDERS' }),
    ];
    const file = fileNamed('names.ndjson', lines);
    const whole = { exitCode: 0, stdout: expect.stringContaining('3 accepted') as unknown };
    expect(await poolkeeper('play', file)).toMatchObject(whole);
    expect(await poolkeeper('play', file)).toMatchObject(whole);
    expect((await poolkeeper('calls', pool)).stdout).toMatch(/by-name[^]*Orders \(w-9\)/);
  });

  test('it plays a file, and ends with 1 on a surprise', async () => {
    const outage = {
      at: '2026-01-02T03:04:05Z',
      actor: 'kim',
      command: 'declare-outage',
      body: { pool: 'pool-a.contoso.com' },
    };
    const end = { ...outage, command: 'end-outage' };
    const closing = { ...outage, command: 'close-incident', expect: 'refused' };
    const good = await poolkeeper('play', fileOf(outage, closing, end));
    expect(good).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('2 accepted, 1 refused as expected, 0 surprises'),
      stderr: expect.stringContaining('pool-a outage, pool-b normal'),
    });
    const surprising = join(mkdtempSync(join(tmpdir(), 'poolkeeper-play-')), 'other.ndjson');
    writeFileSync(surprising, JSON.stringify({ ...end, command: 'failback' }));
    const bad = await poolkeeper('play', surprising, '--json');
    expect(bad.exitCode).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({
      accepted: 0,
      surprises: [{ line: 1, command: 'failback' }],
    });
  });

  test('a file with a bad line is not played at all', async () => {
    const outage = { at: '2026-01-02T03:04:05Z', actor: 'kim', command: 'declare-outage' };
    const file = fileOf({ ...outage, body: { pool: 'pool-b.contoso.com' } }, { ...outage, body: {} });
    const ran = await poolkeeper('play', file);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('Line 2: declare-outage needs the field "pool".');
    expect((await poolkeeper('pool', 'pool-b.contoso.com')).stdout).toContain('stage normal');
  });
});
