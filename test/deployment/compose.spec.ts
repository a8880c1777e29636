import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Configuration, readConfiguration } from '../../src/configuration.js';
import { Authority } from '../store/eventstoredb/server/authority.js';
import { compose, composeText, environmentOf, instructions, services } from './support/files.js';

/** https://github.com/compose-spec/compose-spec, as far as the file uses it: a misspelt key is noticed. */
const topLevelKeys = ['name', 'services', 'volumes'];
const serviceKeys = [
  'build',
  'cap_drop',
  'command',
  'depends_on',
  'entrypoint',
  'environment',
  'healthcheck',
  'image',
  'network_mode',
  'networks',
  'ports',
  'profiles',
  'read_only',
  'restart',
  'security_opt',
  'stop_grace_period',
  'tmpfs',
  'user',
  'volumes',
];

const ours = services.filter(([, { build }]) => build !== undefined);
const nodes = services.filter(([name]) => /^kurrentdb-\d$/.test(name)).map(([name]) => name);
const runsOnce = (name: string): boolean => name === 'certificates';

/** With the defaults that stand in the file. */
const interpolated = (environment: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      String(value).replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1'),
    ]),
  );

describe('docker-compose.yml', () => {
  test('holds only keys that there are', () => {
    const keys = Object.keys(compose).filter((key) => !key.startsWith('x-'));
    expect(keys.filter((key) => !topLevelKeys.includes(key))).toEqual([]);
    for (const [name, service] of services) {
      const unknown = Object.keys(service).filter((key) => !serviceKeys.includes(key));
      expect([name, unknown]).toEqual([name, []]);
    }
  });

  test('runs one database and Poolkeeper by default, and three databases under the profile cluster', () => {
    const named = (wanted: (profiles: readonly string[]) => boolean): string[] =>
      services.filter(([, { profiles = [] }]) => wanted(profiles)).map(([name]) => name);
    expect(named((profiles) => profiles.length === 0)).toEqual(['poolkeeper', 'kurrentdb']);
    expect(named((profiles) => profiles.includes('cluster'))).toEqual([
      'poolkeeper-cluster',
      'certificates',
      ...nodes,
    ]);
    expect(nodes).toHaveLength(3);
  });

  test('pins every image to a full version', () => {
    for (const [name, { image, build }] of services) {
      if (build === undefined)
        expect([name, image]).toEqual([name, expect.stringMatching(/:\d+\.\d+\.\d+$/)]);
    }
  });

  test('publishes every port on this machine only, and no port twice', () => {
    const published = services.flatMap(([, { ports = [] }]) => ports);
    expect(published.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))).toEqual([]);
    expect(new Set(published.map((port) => port.split(':')[1])).size).toBe(published.length);
    for (const [, { ports = [] }] of ours) {
      expect(ports.map((port) => port.split(':')[2])).toEqual(instructions('EXPOSE'));
    }
  });

  test('checks the health of everything that goes on running', () => {
    expect(instructions('HEALTHCHECK')).toHaveLength(1);
    for (const [name, { build, healthcheck }] of services) {
      if (build === undefined && !runsOnce(name)) expect([name, healthcheck?.test[0]]).toEqual([name, 'CMD']);
    }
  });

  test('starts each part when what it needs is healthy, or done', () => {
    for (const [name, { depends_on: needs = {}, profiles = [] }] of services) {
      for (const [needed, { condition }] of Object.entries(needs)) {
        const due = runsOnce(needed) ? 'service_completed_successfully' : 'service_healthy';
        expect([name, needed, condition]).toEqual([name, needed, due]);
        // What a profile leaves out cannot be waited for.
        for (const profile of compose.services[needed]?.profiles ?? []) expect(profiles).toContain(profile);
      }
    }
    expect(Object.keys(compose.services['poolkeeper-cluster']?.depends_on ?? {})).toEqual(nodes);
  });

  test('gives Poolkeeper only variables that it knows, with values that it takes', async () => {
    // In the container this folder is a volume.
    const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-authority-'));
    writeFileSync(join(folder, 'ca.crt'), (await Authority.create('authority')).certificate);
    const mounted = (environment: Record<string, string>): Record<string, string> =>
      Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, value.replace('/authority', folder)]),
      );
    const known = Object.keys(new Configuration());
    for (const [name] of ours) {
      expect(Object.keys(environmentOf(name)).filter((variable) => !known.includes(variable))).toEqual([]);
      expect(() => readConfiguration(mounted(interpolated(environmentOf(name))))).not.toThrow();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test('lets nobody in without a key, and keeps the keys where the service may write', () => {
    for (const [name, { volumes = [] }] of ours) {
      expect(environmentOf(name)).toMatchObject({ API_KEYS_FILE: '/data/api-keys' });
      expect(environmentOf(name)).not.toHaveProperty('AUTH');
      expect(volumes.filter((mount) => mount.endsWith(':/data'))).toHaveLength(1);
      expect(composeText).toContain('key create --file /data/api-keys');
    }
  });

  test('gives every variable as a text, and interpolates only what has a default', () => {
    const values = services.flatMap(([name]) => Object.values(environmentOf(name)));
    expect(values.filter((value) => typeof value !== 'string')).toEqual([]);
    const places = composeText.replaceAll('$$', '').match(/\$\{?[^}\s]*\}?/g) ?? [];
    expect(places.filter((text) => !/^\$\{[A-Z_]+:-[^}]+\}$/.test(text))).toEqual([]);
  });

  test('declares every volume that is mounted, mounts every one declared, and keeps the data of each database apart', () => {
    const mounts = services.flatMap(([, { volumes = [] }]) => volumes);
    const names = mounts.map((mount) => mount.split(':')[0] ?? '');
    expect([...new Set(names)].sort()).toEqual(Object.keys(compose.volumes).sort());
    const data = mounts.filter((mount) => mount.endsWith(':/var/lib/kurrentdb'));
    expect(new Set(data).size).toBe(nodes.length + 1);
  });
});
