/** Windows cannot be had here: what its file system refuses is imitated. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stopSignals } from '../../src/api/serve.js';
import { move, moveSync, syncFolder } from '../../src/store/files.js';
import { endAll, ServiceProcess } from './support/service-process.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-systems-'));
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

const imitation = pathToFileURL(resolve('test/operation/support/no-folders.mjs')).href;

describe.each(['unopened', 'unflushed'])('where a folder is %s', (FOLDERS) => {
  test('the log is backed up and sealed, and the first zip is taken', async () => {
    const environment = { FOLDERS, NODE_OPTIONS: `--import=${imitation}` };
    const service = await ServiceProcess.start({ folder, environment });
    const pools = [{ fqdn: 'pool-berlin.contoso.com' }, { fqdn: 'pool-hamburg.contoso.com' }];
    expect(await service.post('/v1/commands/register-pair', { pools })).toMatchObject({ status: 200 });
    const zip = new Uint8Array(readFileSync('examples/berlin-2026-11-17.zip'));
    const path = '/v1/pools/pool-berlin.contoso.com/exports/berlin-2026-11-17.zip';
    const sent = await service.send('PUT', path, { 'content-type': 'application/zip' }, zip);
    expect(sent).toMatchObject({ status: 200 });
    expect(readdirSync(join(folder, 'exports'))).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.zip$/)]);
    expect(await service.post('/v1/backups', {})).toMatchObject({
      status: 201,
      body: { position: expect.anything() },
    });
    expect(readdirSync(join(folder, 'backups'))).toEqual([expect.not.stringContaining('unfinished')]);
    const { status, said } = await service.stop();
    expect(status).toBe(0);
    expect(said).not.toContain('EPERM');
  });
});

test('what keeps a folder from being flushed for another reason is an error', async () => {
  await expect(syncFolder(join(folder, 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(syncFolder(folder)).resolves.toBeUndefined();
});

describe('a file that another program holds for a moment', () => {
  /** What cannot be renamed until something else has happened: a folder that is not empty stands in the way. */
  const target = (): string => join(folder, 'target');

  test('is renamed in the end', async () => {
    writeFileSync(join(folder, 'a'), 'a');
    await move(join(folder, 'a'), target(), 'win32');
    moveSync(target(), join(folder, 'b'), 'win32');
    expect(readdirSync(folder)).toEqual(['b']);
  });

  test.each(['win32', 'linux'] as const)('that is not there is an error at once: %s', async (platform) => {
    await expect(move(join(folder, 'a'), target(), platform)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(() => moveSync(join(folder, 'a'), target(), platform)).toThrow(/ENOENT/);
  });
});

test('the service stops on what each system sends', () => {
  expect(stopSignals('linux')).toEqual(['SIGTERM', 'SIGINT']);
  expect(stopSignals('win32')).toEqual(['SIGINT', 'SIGBREAK', 'SIGHUP']);
});
