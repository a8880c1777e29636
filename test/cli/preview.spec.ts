import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deployment } from '../../examples/generator/export-file/deployment.js';
import { exportFile } from '../../examples/generator/export-file/export-file.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService, type Service } from './support/service.js';
import { terminal } from './support/terminal.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];

let service: Service;
let poolkeeper: ReturnType<typeof terminal>;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-preview-'));
  service = await startService();
  poolkeeper = terminal(service.url);
  for (const argv of [
    ['register-pair', '--pool', a, '--pool', b],
    ['register-agent', '--agent', 'kim@contoso.com', '--home-pool', a],
    [
      ...['create-object', '--pool', a, '--kind', 'workflow', '--id', 'w-1', '--name', 'Reception'],
      ...['--tool', 'controlPanel', '--properties', '{"primaryUri":"sip:reception@contoso.com"}'],
    ],
    ['report-call-arrived', '--call-id', 'c-1', '--pool', a, '--response-group', 'w-1'],
  ]) {
    const { exitCode, err } = await poolkeeper(...argv);
    if (exitCode !== 0) throw new Error(err);
  }
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

describe('--preview', () => {
  test('says what a command would do, with the calls that it would cost, and does nothing', async () => {
    const { exitCode, out } = await poolkeeper('declare-outage', '--pool', a, '--preview');
    expect(exitCode).toBe(0);
    expect(out).toContain('declare-outage would be accepted: OutageDeclared.');
    expect(out).toContain(`stage of ${a}: normal -> outage`);
    expect(out).toMatch(/1 calls would be cut off: 1 by outage\/in-progress-calls\/1/);
    expect(out).toMatch(/Reception\s+.*pool-a\.contoso\.com\s+.*1/);
    expect(out).toContain('Nothing was stored.');
    expect((await poolkeeper('pool', a)).out).toContain('normal');
  });

  test('says of another time what goes by it, for it changes nothing of now', async () => {
    const trail = await poolkeeper('audit-trail', a, '--type', 'ObjectCreated', '--json');
    const { entries } = JSON.parse(trail.out) as { entries: readonly { id: string; occurredAt: string }[] };
    const [created] = entries;
    const earlier = new Date(Date.parse(created?.occurredAt ?? '') - 1).toISOString();
    const { exitCode, out, err } = await poolkeeper(
      ...['correct-time', '--event-id', created?.id ?? '', '--occurred-at', earlier],
      ...['--reason', 'The clock was fast.', '--preview'],
    );
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain('Answers with --at, and the times of incidents, would go by the new time.');
  });

  test('ends like the refusal that the command would meet', async () => {
    const { exitCode, out, err } = await poolkeeper('failback', '--pool', a, '--preview');
    expect({ exitCode, err }).toEqual({ exitCode: 5, err: '' });
    expect(out).toContain('failback would be refused by stage-change.');
    expect(out).toMatch(/allowed instead: .*declare-outage/);
    expect((await poolkeeper('audit-trail', a, '--refused', 'true', '--json')).out).toContain('"entries":[]');
  });

  test('and like the mistake in it', async () => {
    const { exitCode, err } = await poolkeeper('declare-outage', '--pool', 'pool-x.contoso.com', '--preview');
    expect(exitCode).toBe(4);
    expect(err).toContain('pool-x.contoso.com');
  });

  test('reads a zip and keeps nothing of it', async () => {
    const file = join(folder, 'a.zip');
    writeFileSync(file, exportFile(deployment({ workflows: 1, audioFiles: 0 })));
    const { exitCode, out } = await poolkeeper(
      'export',
      'add',
      file,
      '--pool',
      a,
      '--occurred-at',
      'now',
      '--preview',
    );
    expect(exitCode).toBe(0);
    expect(out).toMatch(/export add would be accepted: ResponseGroupsExported, .*ObjectCreated/);
    expect((await poolkeeper('exports', a, '--json')).out).toContain('"exports":[]');
  });

  test('is offered by the runbook, also where it is to be pasted', async () => {
    for (const argv of [
      ['runbook', a],
      ['runbook', a, '--markdown'],
    ]) {
      expect((await poolkeeper(...argv)).out).toContain('with --preview at its end');
    }
  });
});
