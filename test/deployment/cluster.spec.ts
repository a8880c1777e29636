import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, environmentOf, services } from './support/files.js';

const nodes = services.filter(([name]) => /^kurrentdb-\d$/.test(name)).map(([name]) => name);

describe('the cluster of docker-compose.yml', () => {
  test('lets every node ask the two others', () => {
    for (const node of nodes) {
      const others = nodes.filter((other) => other !== node).map((other) => `${other}:2113`);
      expect(environmentOf(node)).toMatchObject({
        KURRENTDB_CLUSTER_SIZE: '3',
        KURRENTDB_MAX_APPEND_SIZE: '16000000',
        KURRENTDB_GOSSIP_SEED: others.join(),
        KURRENTDB_NODE_HOST_ADVERTISE_AS: node,
        KURRENTDB_REPLICATION_HOST_ADVERTISE_AS: node,
        KURRENTDB_CERTIFICATE_FILE: `/certificates/${node}/node.crt`,
        KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE: `/certificates/${node}/node.key`,
      });
      expect(environmentOf(node)).not.toHaveProperty('KURRENTDB_INSECURE');
    }
  });

  test('is discovered by Poolkeeper over TLS, under the name that all nodes share', () => {
    const address = String(environmentOf('poolkeeper-cluster')['EVENT_STORE']);
    const [, host, authority] =
      /^esdb\+discover:\/\/[^@]+@([\w-]+):2113\?tlsCAFile=(.+)$/.exec(address) ?? [];
    for (const node of nodes) {
      expect(compose.services[node]?.networks).toEqual({ default: { aliases: [host] } });
    }
    expect(authority).toBe('/authority/ca.crt');
    expect(compose.services['poolkeeper-cluster']?.volumes).toContain('cluster-authority:/authority:ro');
  });

  describe('its certificates', () => {
    let folder: string;
    /** Notes what it was asked for, and makes the files that the real one makes. */
    const fake = `#!/usr/bin/env bash
      set -eu
      echo "$*" >> "$ASKED"
      while [ $# -gt 0 ]; do [ "$1" = -out ] && out=$2; shift; done
      mkdir -p "$out"; echo made > "$out/ca.crt"; echo made > "$out/node.crt"; echo made > "$out/node.key"`;
    const inFolder = (...names: readonly string[]): string => join(folder, ...names);

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'poolkeeper-certificates-'));
      for (const name of ['bin', 'certificates', 'authority']) mkdirSync(inFolder(name));
      writeFileSync(inFolder('bin', 'es-gencert-cli'), fake, { mode: 0o755 });
      // Only root may give files away.
      writeFileSync(inFolder('bin', 'chown'), '#!/usr/bin/env bash\n', { mode: 0o755 });
      writeFileSync(inFolder('asked'), '');
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    function make(): string[] {
      const [script = ''] = compose.services['certificates']?.command ?? [];
      const here = script
        .replaceAll('$$', '$')
        .replaceAll(/(?<=[ \n]|^)\/(certificates|authority)\b/g, inFolder('$1'));
      execFileSync('bash', ['-c', here], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { PATH: `${inFolder('bin')}:${process.env['PATH'] ?? ''}`, ASKED: inFolder('asked') },
      });
      return readFileSync(inFolder('asked'), 'utf8').trim().split('\n');
    }

    test('are one for each node, with every name that it is called by', () => {
      const [authority, ...ofNodes] = make();
      expect(authority).toBe('create-ca -out ca');
      expect(ofNodes).toEqual(
        nodes.map((node) =>
          expect.stringContaining(`-out ${node} -dns-names ${node},kurrentdb-cluster,localhost`),
        ),
      );
    });

    test('are made once, and their keys are for the database alone', () => {
      const asked = make();
      expect(make()).toEqual(asked);
      expect(readFileSync(inFolder('authority', 'ca.crt'), 'utf8')).toBe('made\n');
      const modeOf = (...names: string[]): number =>
        statSync(inFolder('certificates', ...names)).mode & 0o777;
      expect(modeOf('ca')).toBe(0o700);
      for (const node of nodes) expect(modeOf(node, 'node.key')).toBe(0o400);
    });
  });
});
