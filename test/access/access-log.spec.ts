import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessLog, type NewEntry } from '../../src/access/access-log.js';

let folder: string;
let now: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-access-'));
  now = Date.parse('2026-11-26T02:00:00Z');
});
afterEach(() => rmSync(folder, { recursive: true }));

const opened = (largest = 1_024 * 1_024): AccessLog => new AccessLog({ folder, largest, now: () => now });
const refused = (client: string): NewEntry => ({
  kind: 'refused',
  client,
  status: 401,
  reason: 'wrong-key',
  operation: 'pools',
});
const sizeOfAll = (): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

describe('The access log', () => {
  it('keeps entries over a start, the newest first', () => {
    const log = opened();
    log.record(refused('address:10.0.0.1'));
    now += 1_000;
    log.record({ kind: 'key-added', client: 'key:one', actor: 'one' });
    expect(opened().read(10)).toEqual([
      { at: '2026-11-26T02:00:01.000Z', kind: 'key-added', client: 'key:one', actor: 'one', count: 1 },
      { at: '2026-11-26T02:00:00.000Z', ...refused('address:10.0.0.1'), count: 1 },
    ]);
    expect(opened().read(1)).toHaveLength(1);
    expect(statSync(join(folder, 'access-log.ndjson')).mode & 0o777).toBe(0o600);
  });

  it('counts what repeats within a minute in one entry', () => {
    const log = opened();
    for (let times = 0; times < 5_000; times += 1) log.record(refused('address:10.0.0.1'));
    expect(readFileSync(join(folder, 'access-log.ndjson'), 'utf8').split('\n')).toHaveLength(2);
    now += 60_000;
    expect(log.read(10).map(({ count }) => count)).toEqual([4_999, 1]);
  });

  it('stays within its size, however many clients there are and however long it goes on', () => {
    const log = opened(20_000);
    for (let round = 0; round < 20; round += 1) {
      for (let client = 0; client < 1_000; client += 1)
        log.record(refused(`address:10.0.${round}.${client}`));
      now += 60_000;
    }
    log.flush();
    expect(sizeOfAll()).toBeLessThan(2 * 20_000 + 1_000);
    expect(log.read(1_000).some(({ client, count }) => client === 'others' && count > 500)).toBe(true);
  });

  it('goes on after a line that was cut, and without a file where none can be written', () => {
    writeFileSync(join(folder, 'access-log.ndjson'), '{"at":"2026');
    const faults: string[] = [];
    expect(opened().read(10)).toEqual([]);
    const nowhere = new AccessLog({
      folder: join(folder, 'access-log.ndjson', 'x'),
      onFault: (fault) => faults.push(fault),
    });
    nowhere.record(refused('a'));
    nowhere.record(refused('b'));
    expect(faults).toHaveLength(1);
  });
});
