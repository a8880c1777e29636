import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { terminal, type Ran } from './support/terminal.js';

let server: Server;
afterEach(() => void server.close());

/** Answers every request so, and remembers the bodies. */
async function answering(status: number, body: object): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      bodies.push(`${request.method ?? ''} ${request.url ?? ''} ${text}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

const made = { folder: '/data/backups/2026', bytes: 1_234_567, position: '42', whole: true };

describe('backup', () => {
  test('says where the backup is', async () => {
    const { url, bodies } = await answering(201, made);
    expect(await terminal(url)('backup')).toEqual({
      exitCode: 0,
      out: "The log up to position 42 is backed up; its log is whole.\n  /data/backups/2026 on the service's machine, 1,234,567 bytes",
      err: '',
    });
    expect(await terminal(url)('backup', '--no-verify', '--json')).toMatchObject({
      out: JSON.stringify(made),
    });
    expect(bodies).toEqual(['POST /v1/backups {"verify":true}', 'POST /v1/backups {"verify":false}']);
  });

  test('--to copies it into a new folder as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-backup-'));
    try {
      const source = join(folder, 'backups', '2026');
      mkdirSync(source, { recursive: true });
      writeFileSync(join(source, 'poolkeeper.db'), 'the log');
      const { url, bodies } = await answering(201, { ...made, folder: source });
      const to = join(folder, 'other', 'disk');
      const ran = await terminal(url)('backup', '--to', to);
      expect(ran).toMatchObject({ exitCode: 0, out: expect.stringContaining(`copied to ${to}`) });
      expect(readFileSync(join(to, 'poolkeeper.db'), 'utf8')).toBe('the log');

      const again = await terminal(url)('backup', '--to', to);
      expect(again).toMatchObject({ exitCode: 2, err: expect.stringContaining('--to must be a new folder') });
      expect(bodies).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('--to says where the backup is when the service is on another machine', async () => {
    const { url } = await answering(201, { ...made, folder: '/nowhere/backups/2026' });
    const to = join(tmpdir(), 'poolkeeper-backup-that-is-not-made');
    expect(await terminal(url)('backup', '--to', to)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('/nowhere/backups/2026 is not on this machine'),
    });
    expect(existsSync(to)).toBe(false);
  });

  test('ends with 1 where what was backed up is not whole', async () => {
    const { url } = await answering(201, { ...made, whole: false });
    const ran: Ran = await terminal(url)('backup');
    expect(ran).toMatchObject({ exitCode: 1, out: expect.stringContaining('NOT whole') });
  });

  test('tells why there is none', async () => {
    const { url } = await answering(503, {
      title: 'The service cannot answer now',
      detail: 'The disk is full.',
    });
    expect(await terminal(url)('backup')).toEqual({
      exitCode: 7,
      out: '',
      err: 'The service cannot answer now: The disk is full.',
    });
  });
});
