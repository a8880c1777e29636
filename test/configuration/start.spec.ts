import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { ConfigurationModule, readEnvironment } from '../../src/api/services/configuration.module.js';
import { Configuration } from '../../src/configuration.js';

/** The values that hold where no variable is set. */
const defaults: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(new Configuration()));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-configuration-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function configured(lines: string): Promise<Configuration> {
  const file = join(folder, '.env');
  writeFileSync(file, lines);
  const context = await NestFactory.createApplicationContext(
    ConfigurationModule.of(await readEnvironment(file)),
    {
      logger: false,
      abortOnError: false,
    },
  );
  return context.get(Configuration);
}

describe('a file of variables', () => {
  test('is read, and gives every module the same validated configuration', async () => {
    expect(await configured('# ours\nPORT=8080\nLOG_LEVEL="debug"\n')).toEqual({
      ...defaults,
      PORT: 8080,
      LOG_LEVEL: 'debug',
    });
  });

  test('comes second to the environment, into which nothing is written', async () => {
    process.env['MAX_BODY_BYTES'] = '2048';
    try {
      const configuration = await configured('MAX_BODY_BYTES=4096\nMIN_POSITION_PATIENCE_MS=7');
      expect(configuration).toMatchObject({ MAX_BODY_BYTES: 2048, MIN_POSITION_PATIENCE_MS: 7 });
      expect(process.env).not.toHaveProperty('MIN_POSITION_PATIENCE_MS');
      expect(process.env).not.toHaveProperty('DATA_DIR');
    } finally {
      delete process.env['MAX_BODY_BYTES'];
    }
  });

  test('may be missing', async () => {
    await expect(readEnvironment(join(folder, 'none'))).resolves.toEqual(new Configuration());
  });
});

/** The built service: `npm test` builds before it tests. */
function start(environment: Readonly<Record<string, string>>): Promise<{ status: number; said: string }> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [resolve('dist/src/main.js')],
      { cwd: folder, env: { ...process.env, ...environment } },
      (_error, stdout, stderr) => done({ status: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

test('the service does not start on a wrong value, whether it is from the environment or from the file', async () => {
  writeFileSync(join(folder, '.env'), 'MAX_BODY_BYTES=huge\n');
  expect(await start({ PORT: '70000' })).toEqual({
    status: 1,
    said: 'Poolkeeper does not start: The configuration is not valid: PORT is "70000", but PORT must not be greater than 65535; MAX_BODY_BYTES is "huge", but MAX_BODY_BYTES must not be greater than 67108864 and MAX_BODY_BYTES must not be less than 1024 and MAX_BODY_BYTES must be an integer number.\n',
  });
});

test('the service does not start where a file that EVENT_STORE names is missing', async () => {
  expect(await start({ EVENT_STORE: 'esdb://ada:s3cret@db?tlsCAFile=ca.crt' })).toEqual({
    status: 1,
    said: "Poolkeeper does not start: The configuration is not valid: EVENT_STORE is not shown, but The connection string names a tlsCAFile that cannot be read: ENOENT: no such file or directory, open 'ca.crt'.\n",
  });
});

describe('the service does not start open to others', () => {
  test.each<[Readonly<Record<string, string>>, string]>([
    [{ HOST: '0.0.0.0' }, 'HOST is 0.0.0.0, so that other machines reach the service'],
    [{ AUTH: 'required' }, 'AUTH is required, and there is no way to prove who asks'],
  ])('with %j, and says how to make a key', async (environment, sentence) => {
    const { status, said } = await start({ PORT: '0', ...environment });
    expect([status, said]).toEqual([1, expect.stringContaining(`Poolkeeper does not start: ${sentence}`)]);
    expect(said).toContain(
      'node dist/src/cli/main.js key create --file data/api-keys --role administrator --actor',
    );
    expect(said).toContain('AUTH=off');
  });

  test('where the file of keys is missing or malformed', async () => {
    const API_KEYS_FILE = join(folder, 'api-keys');
    expect(await start({ PORT: '0', HOST: '0.0.0.0', API_KEYS_FILE })).toEqual({
      status: 1,
      said: expect.stringContaining(`The file of keys ${API_KEYS_FILE} does not exist`),
    });
    writeFileSync(API_KEYS_FILE, '{"id":"a"}\n', { mode: 0o600 });
    expect((await start({ PORT: '0', API_KEYS_FILE })).said).toContain('line 1: "sha256" is missing');
  });
});
