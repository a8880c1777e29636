import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { exportFile } from '../../examples/generator/export-file/export-file.js';
import { deployment } from '../../examples/generator/export-file/deployment.js';
import { tellStory, type Told, type WayIn } from '../support/exports-story.js';
import { flagsOf } from './support/flags.js';
import { startService, type Service } from './support/service.js';
import { terminal, type Ran } from './support/terminal.js';

let service: Service;
let shell: ReturnType<typeof terminal>;
let folder: string;
beforeAll(async () => {
  service = await startService();
  shell = terminal(service.url);
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-cli-exports-'));
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const told = ({ exitCode, out }: Ran): Told => ({ ok: exitCode === 0, body: JSON.parse(out) as JsonObject });

const inShell: WayIn = {
  command: async (name, body) => told(await shell('--json', name, ...flagsOf(name, body))),
  addExport: async (pool, fileName, zip, { owner } = {}) => {
    const path = join(folder, fileName);
    writeFileSync(path, zip);
    const ofOwner = owner === undefined ? [] : ['--owner', owner];
    return told(await shell('--json', 'export', 'add', path, '--pool', pool, ...ofOwner));
  },
  view: async (name, pool) => told(await shell('--json', name, pool)).body,
  export: async (pool, id) => told(await shell('--json', 'export', 'show', id, '--pool', pool)).body,
};

describe('In the shell', () => {
  it('zips go through an outage and back to their owner, with every trap on the way', async () => {
    await tellStory(inShell);
  });

  it('people read what a file changed, what was found in it and what is on record', async () => {
    await shell('register-pair', '--pool', 'a.contoso.com', '--pool', 'b.contoso.com');
    const path = join(folder, 'people.zip');
    const { objects, ...more } = deployment({ workflows: 2, audioFiles: 1, pool: 'a.contoso.com' });
    writeFileSync(path, exportFile({ ...more, objects, audio: () => null }));
    const added = await shell('export', 'add', path, '--pool', 'a.contoso.com', '--actor', 'kim');
    expect(added.err).toBe('');
    expect(added.out).toMatch('8 created, 1 changed, 0 removed.');
    expect(added.out).toMatch('  created workflow Group 1');
    expect((await shell('export', 'add', path, '--pool', 'a.contoso.com')).out).toMatch(
      'this file is known, nothing was written',
    );
    const list = await shell('exports', 'a.contoso.com');
    expect(list.out).toMatch(/people\.zip.*2 workflow.*1 warnings.*\+8 ~1 -0/);
    const [, id = ''] = /export id: (\S+)/.exec(added.out) ?? [];
    const shown = await shell('export', 'show', id, '--pool', 'a.contoso.com');
    expect(shown.out).toMatch('audio files that are missing: music-1.wav');
    expect(shown.out).toMatch('audio-missing');
    expect(shown.out).toMatch(/by kim/);
  });

  it('people read old and new values in the comparison of two files, in the diff of two moments and in the trail', async () => {
    const pool = 'values-a.contoso.com';
    await shell('register-pair', '--pool', pool, '--pool', 'values-b.contoso.com');
    const path = join(folder, 'values.zip');
    const content = deployment({ workflows: 1, audioFiles: 0, pool });
    writeFileSync(path, exportFile(content));
    const added = await shell('--json', 'export', 'add', path, '--pool', pool);
    const { position } = JSON.parse(added.out) as { readonly position: string };
    const { id = '' } = content.objects.find(({ kind }) => kind === 'workflow') ?? {};
    const properties = JSON.stringify({ description: 'by night' });
    const edit = ['--pool', pool, '--kind', 'workflow', '--id', id, '--tool', 'managementShell'];
    expect((await shell('modify-object', ...edit, '--properties', properties)).err).toBe('');
    const compared = await shell('export', 'compare', '--pool', pool);
    expect(compared.out).toMatch(/From values\.zip.* of values-a\.contoso\.com to what is on record/);
    expect(compared.out).toMatch('0 created, 1 changed, 0 removed');
    expect(compared.out).toMatch(/changed workflow .*Description: .* → by night/);
    const diff = await shell('diff', pool, '--from', position);
    expect(diff.out).toMatch(/configuration\n(.*\n)*?.*Description: .* → by night/);
    const trail = await shell('audit-trail', pool, '--type', 'ObjectModified', '--order', 'newest');
    expect(trail.out.replaceAll(/\s+/g, ' ')).toMatch(/Changed workflow "Group 1" on values-a/);
    const asCsv = await shell('audit-trail', pool, '--format', 'csv');
    expect(asCsv.out).toMatch(/"?workflow ""Group 1"": Description: .* → by night/);
    const json = await shell('--json', 'audit-trail', pool, '--type', 'ResponseGroupsExported');
    expect(JSON.parse(json.out)).toMatchObject({
      entries: [
        {
          changes: expect.arrayContaining([expect.objectContaining({ name: 'Group 1', change: 'created' })]),
        },
      ],
    });
  });

  it('takes names where ids are asked, and lists the candidates where a name is of several', async () => {
    const [pool, backup] = ['names-a.contoso.com', 'names-b.contoso.com'];
    await shell('register-pair', '--pool', pool, '--pool', backup);
    const create = ['create-object', '--pool', pool, '--tool', 'managementShell', '--kind'];
    const group = ['workflow', '--id', 'w-1', '--name', 'Night Desk'];
    const address = '{"primaryUri":"sip:night@contoso.com"}';
    expect((await shell(...create, ...group, '--properties', address)).err).toBe('');
    await shell(
      ...create,
      'agent-group',
      '--id',
      'g-1',
      '--name',
      'Night Crew',
      '--properties',
      '{"agentsByUri":["sip:kim@contoso.com"],"participationPolicy":"Formal"}',
    );
    await shell('register-agent', '--agent', 'kim@contoso.com', '--home-pool', pool);
    const crew = ['--pool', pool, '--agent', 'kim@contoso.com', '--agent-group'];
    expect((await shell('sign-in-agent', ...crew, 'night crew')).err).toBe('');
    const call = ['--pool', pool, '--call-id', 'c-1', '--response-group'];
    expect((await shell('report-call-arrived', ...call, 'night desk')).err).toBe('');
    expect((await shell('--json', 'calls', pool)).out).toMatch(/"responseGroup": ?"w-1"/);
    const change = [
      '--pool',
      pool,
      '--kind',
      'workflow',
      '--tool',
      'managementShell',
      '--properties',
      '{"anonymous":true}',
    ];
    expect((await shell('modify-object', ...change, '--id', 'Night Desk')).err).toBe('');
    const unknown = await shell('modify-object', ...change, '--id', 'no-desk');
    expect(unknown.exitCode).not.toBe(0);
    expect(unknown.err).toMatch(
      'No workflow has the id or the name "no-desk". There are: Night Desk of names-a.contoso.com, id w-1.',
    );
    expect((await shell('export', 'show', 'no.zip', '--pool', pool)).err).toMatch(
      'No export has the id or the name',
    );
    const record = ['record-export', '--pool', pool, '--file-name'];
    await shell(...record, 'one.zip');
    await shell(...record, 'D:\\1\\every-night.zip');
    const into = ['import-response-groups', '--destination', backup, '--export-id'];
    expect((await shell(...into, 'ONE.zip')).err).toBe('');
    expect((await shell('export', 'show', 'one.zip', '--pool', pool)).out).toMatch(/Export one.zip/);
    await shell('modify-object', ...change.slice(0, -1), '{"anonymous":false}', '--id', 'w-1');
    await shell(...record, 'D:\\2\\every-night.zip');
    const several = await shell(...into, 'every-night.zip');
    expect(several.exitCode).toBe(2);
    expect(several.err).toMatch(
      /2 exports have the name "every-night.zip".*id \S+; every-night.zip.*id \S+/s,
    );
  });

  it('says when a file was written and what says so; an older one asks for a time, or for --now', async () => {
    const pool = 'night-a.contoso.com';
    await shell('register-pair', '--pool', pool, '--pool', 'night-b.contoso.com');
    const fileOf = (name: string, workflows: number, wall: string): string => {
      const path = join(folder, name);
      writeFileSync(path, exportFile({ ...deployment({ workflows, audioFiles: 0, pool }), wall }));
      return path;
    };
    const add = async (path: string, ...more: readonly string[]): Promise<Ran> =>
      await shell('export', 'add', path, '--pool', pool, ...more);

    const newer = await add(fileOf('newer.zip', 2, '2024-05-02T01:00:00'));
    expect(newer.out).toContain('  written 2024-05-02 01:00:00Z, by the dates of its entries');
    const older = fileOf('older.zip', 1, '2024-05-01T01:00:00');
    const refused = await add(older);
    expect([refused.exitCode, refused.err]).toEqual([5, expect.stringMatching(/newer-records-stay[^]*now/)]);
    expect((await add(older, '--now', '--occurred-at', '-5m')).exitCode).toBe(2);
    const taken = await add(older, '--now');
    expect(taken.out).toContain('3 removed');
    expect(taken.out).toContain('nothing says when it was written: it counts as of when it was added');
    const list = await shell('exports', pool);
    expect(list.out).toMatch(/newer\.zip \(written/);
    expect(list.out).toMatch(/older\.zip \(uploaded/);

    const undated = fileOf('undated.zip', 3, '1980-01-01T00:00:00');
    const time = new Date(Date.now() - 60_000);
    utimesSync(undated, time, time);
    const printed = time
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, 'Z');
    expect((await add(undated)).out).toContain(`  written ${printed}, by its file time`);
  });

  it('a file that is none is refused with its place, one that is not there with its name', async () => {
    const path = join(folder, 'none.zip');
    writeFileSync(path, 'nothing');
    const refused = await shell('export', 'add', path, '--pool', 'berlin.contoso.com');
    expect([refused.exitCode, refused.err]).toEqual([
      3,
      expect.stringMatching(/The zip: End of central directory/),
    ]);
    const missing = await shell('export', 'add', join(folder, 'missing.zip'), '--pool', 'berlin.contoso.com');
    expect([missing.exitCode, missing.err]).toEqual([2, expect.stringMatching(/ENOENT.*missing\.zip/)]);
  });
});
