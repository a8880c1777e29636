import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Authority, type Identity } from '../store/eventstoredb/server/authority.js';
import { endAll, refusedStart, ServiceProcess } from './support/service-process.js';

let folder: string;
let authority: Authority;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-tls-'));
  authority = await Authority.create('authority');
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

const path = (name: string): string => join(folder, name);
const environment = () => ({ TLS_CERT_FILE: path('service.crt'), TLS_KEY_FILE: path('service.key') });
function keep({ certificate, key }: Identity): void {
  writeFileSync(path('service.crt'), certificate);
  writeFileSync(path('service.key'), key);
}

interface Seen {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly certificate: string;
}

/** Over a new connection, as a client that trusts the authority. */
const ask = (url: string): Promise<Seen> =>
  new Promise((done, fail) => {
    const options = { ca: authority.certificate, servername: 'localhost', agent: false } as const;
    get(new URL('/health/live', url), options, (answer) => {
      const { socket, statusCode, headers } = answer;
      const raw = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
      answer.resume().on('end', () => done({ status: statusCode, headers, certificate: String(raw) }));
    }).on('error', fail);
  });

const pemOf = ({ certificate }: Identity): string => String(new X509Certificate(certificate));

describe('a service with a certificate', () => {
  test('speaks TLS, tells browsers to stay with it, and takes a renewed certificate without a restart', async () => {
    const first = await authority.issue('localhost');
    keep(first);
    const service = await ServiceProcess.start({ folder, environment: environment() });
    const url = await service.serving();
    expect(url).toMatch(/^https:/);
    const seen = await ask(url);
    expect(seen).toMatchObject({ status: 200, certificate: pemOf(first) });
    expect(seen.headers['strict-transport-security']).toMatch(/^max-age=31536000/);

    const lives = (more: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, ['dist/src/health-check.js'], {
        env: { ...process.env, PORT: new URL(url).port, ...more },
      }).status;
    expect([lives(environment()), lives({ TLS_CERT_FILE: '' })]).toEqual([0, 1]);

    const renewed = await authority.issue('localhost');
    keep(renewed);
    while ((await ask(url)).certificate !== pemOf(renewed)) await wait(100);
    expect((await service.stop()).status).toBe(0);
  });

  test('does not start with half of it, or with what is none, and says which variable is meant', async () => {
    const identity = await authority.issue('localhost');
    keep(identity);
    const { TLS_CERT_FILE } = environment();
    expect(await refusedStart(folder, { TLS_CERT_FILE })).toMatchObject({
      status: 1,
      said: expect.stringContaining('TLS_KEY_FILE is not set, but TLS_CERT_FILE is: TLS needs both'),
    });
    expect(await refusedStart(folder, { TLS_CERT_FILE, TLS_KEY_FILE: path('none') })).toMatchObject({
      status: 1,
      said: expect.stringMatching(/TLS_KEY_FILE is ".*none", but that cannot be read: ENOENT/),
    });
    writeFileSync(path('service.key'), (await authority.issue('localhost')).key);
    const { said } = await refusedStart(folder, environment());
    expect(said).toContain('that is not the key of the certificate in TLS_CERT_FILE');
    writeFileSync(path('service.crt'), 'a secret');
    expect((await refusedStart(folder, environment())).said).toMatch(
      /TLS_CERT_FILE is ".*", but that holds no certificate in PEM format/,
    );
    expect((await refusedStart(folder, environment())).said).not.toContain('a secret');
  });
});
