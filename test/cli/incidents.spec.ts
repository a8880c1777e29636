import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startService, type Service } from './support/service.js';
import { terminal, type Ran } from './support/terminal.js';

const berlin = 'pool-berlin.contoso.com';
const hamburg = 'pool-hamburg.contoso.com';
let service: Service;
let run: (...argv: readonly string[]) => Promise<Ran>;
let folder: string;
let id: string;

const given = async (...argv: readonly string[]): Promise<void> => {
  const { exitCode, err } = await run(...argv);
  if (exitCode !== 0) throw new Error(err);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-incidents-'));
  service = await startService();
  run = terminal(service.url);
  await given('register-pair', '--pool', berlin, '--pool', hamburg);
  await given('set-targets', '--pool', berlin, '--recovery-time', '1d', '--recovery-point', 'P1D');
  await given('declare-outage', '--pool', berlin, '--drill', '--reason', 'Autumn drill');
  await given('initiate-failover', '--pool', berlin);
  await given('complete-failover', '--pool', berlin);
  await given('tick-step', '--pool', berlin, '--step', 'central-management', '--note', 'Settled');
  await given('annotate-incident', '--pool', berlin, '--text', 'The vendor was called');
  id = /[\da-f]{12}-1/.exec((await run('incidents', '--json')).out)?.[0] ?? '';
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

describe('Incidents on the command line', () => {
  test('are listed with what they cost, drills apart', async () => {
    for (const argv of [['incidents'], ['incidents', berlin], ['incidents', '--kind', 'drill']]) {
      const { exitCode, out } = await run(...argv);
      expect(exitCode).toBe(0);
      expect(out).toContain(id);
      expect(out).toMatch(/Real: 0,.*Drills: 1, 1 of them open/);
    }
    expect((await run('incidents', hamburg)).out).toContain('No incident is on record.');
  });

  test('are told one by one: phases, score, steps, notes', async () => {
    const { exitCode, out } = await run('incident', id);
    expect(exitCode).toBe(0);
    expect(out).toContain(`${id} (drill)`);
    expect(out).toMatch(/Autumn drill/);
    expect(out).toMatch(/Failing over/);
    expect(out).toMatch(/Targets: \d of \d met/);
    expect(out).toMatch(/See to the Central Management store first: .*Settled/);
    expect(out).toContain('The vendor was called');
  });

  test('have a report to paste, and to print', async () => {
    expect((await run('report', id)).out).toMatch(/^# Incident .* \(drill\)/);
    const file = join(folder, 'report.html');
    expect(await run('report', id, '--format', 'html', '--out', file)).toMatchObject({
      exitCode: 0,
      out: '',
    });
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
    expect(JSON.parse((await run('--json', 'report', id)).out)).toMatchObject({ incident: { id } });
  });

  test('that are not there, and files that cannot be written, are said to be so', async () => {
    expect(await run('incident', 'nothing-1')).toMatchObject({ exitCode: 4 });
    const nowhere = join(folder, 'no', 'where.html');
    expect(await run('report', id, '--out', nowhere)).toMatchObject({
      err: expect.stringMatching(/^--out: /),
    });
    expect((await run('report', id, '--format', 'pdf')).err).toMatch(/markdown, html, json/);
    expect((await run('incidents', '--as-of', 'someday')).exitCode).not.toBe(0);
  });
});
