import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { entriesOf, exportFile, usualStyle } from '../../examples/generator/export-file/export-file.js';
import { zipOf, type ZipEntry } from '../../examples/generator/export-file/zip.js';
import { defaultLimits, type ReadLimits } from '../../src/rgs-export/limits.js';
import { MalformedExportError } from '../../src/rgs-export/malformed-export-error.js';
import { readExport, type ReadExport } from '../../src/rgs-export/read-export.js';
import { broken } from './support/broken.js';
import { deployment, idOf } from '../../examples/generator/export-file/deployment.js';

const small = deployment({ workflows: 2, audioFiles: 1 });
const entries = entriesOf(small, { ...usualStyle, encoding: 'utf-8' });

/** The small deployment with some of its files written by hand. */
const withFiles = (changes: Readonly<Record<string, string | null>>): Promise<ReadExport> =>
  readExport(
    zipOf(
      entries.flatMap((entry): ZipEntry[] => {
        const name = entry.name.replace('RgsImportExport/', '');
        const change = changes[name];
        if (change === null) return [];
        return change === undefined ? [entry] : [{ ...entry, content: Buffer.from(change) }];
      }),
    ),
  );
const objs = (...objects: readonly string[]): string =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${objects.join('\n')}</Objs>`;
const guid = '0a1b2c3d-0000-4000-8000-000000000001';
const queue = (properties: string): string =>
  `<Obj RefId="0"><TN RefId="0"><T>Queue</T></TN><Props><G N="InstanceId">${guid.toUpperCase()}</G><S N="Name">Sales</S>${properties}</Props></Obj>`;
const workflow = (properties: string): string =>
  `<Obj RefId="0"><Props><Obj N="Identity" RefId="1"><Props><G N="InstanceId">${guid}</G></Props></Obj><S N="Name">Sales</S><URI N="PrimaryUri">sip:sales@contoso.com</URI>${properties}</Props></Obj>`;
const only = async (file: string, xml: string) => {
  const read = await withFiles({ [file]: objs(xml) });
  const kind = file === 'Queues.xml' ? 'queue' : 'workflow';
  const [object] = read.objects.filter((one) => one.kind === kind);
  if (object === undefined) throw new Error('Nothing was read.');
  return { ...object, findings: read.findings.filter(({ id }) => id === object.id) };
};
const codes = ({ findings }: Pick<ReadExport, 'findings'>): readonly string[] =>
  findings.map(({ code }) => code);

describe('An export', () => {
  it('is read from memory and from a file alike', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-export-'));
    const path = join(folder, 'pool-a.zip');
    writeFileSync(path, exportFile(small));
    expect(await readExport(path)).toEqual(await readExport(exportFile(small)));
    await expect(readExport(join(folder, 'none.zip'))).rejects.toThrow(/ENOENT/);
    rmSync(folder, { recursive: true });
  });

  it('of eight hundred workflows is read whole', async () => {
    const large = deployment({ workflows: 800, audioFiles: 200 });
    const { objects, audio, findings } = await readExport(exportFile(large));
    expect(objects).toHaveLength(2_402);
    expect(audio.filter(({ bytes }) => bytes !== null)).toHaveLength(200);
    expect(findings).toEqual([]);
  });

  it('may lack files, and be at the top of the zip, in any case', async () => {
    const bare = await readExport(
      zipOf(
        entries
          .filter(({ name }) => /Queues|AgentGroups/.test(name))
          .map((entry) => ({ ...entry, name: entry.name.replace('RgsImportExport/', '').toUpperCase() })),
      ),
    );
    expect(bare.objects.map(({ kind }) => kind)).toEqual(['queue', 'queue', 'agent-group', 'agent-group']);
    expect(bare.applicationSettings).toBeNull();
    expect(codes(bare)).toEqual(Array.from({ length: 6 }, () => 'file-missing'));
  });

  it('may have other files, which are told of', async () => {
    const { findings } = await readExport(
      zipOf([...entries, { name: 'notes.txt', content: Buffer.from('x') }]),
    );
    expect(findings).toMatchObject([{ code: 'file-unknown', entry: 'notes.txt', severity: 'information' }]);
  });

  it('may refer by texts and NonNormalized as well as by InstanceId', async () => {
    const ids = ['', '1', '2'].map((end) => guid.replace(/1$/, `${end}7`).slice(0, 36));
    const [one = '', two = '', three = ''] = ids;
    const { properties } = await only(
      'Queues.xml',
      queue(
        `<Obj N="AgentGroupIDList" RefId="2"><LST><G>${one}</G><Obj RefId="3"><Props><S N="NonNormalized">${two}</S></Props></Obj>` +
          `<S>service:ApplicationServer:pool-a.contoso.com/${three}</S></LST></Obj>`,
      ),
    );
    expect(properties['agentGroupIdList']).toEqual([one, two, three]);
  });

  it('names its objects in lower case, by the InstanceId', async () => {
    expect(await only('Queues.xml', queue(''))).toMatchObject({ id: guid, name: 'Sales', owner: null });
  });

  it.each([
    [
      'as a text',
      `<S N="Identity">service:ApplicationServer:Pool-Y.contoso.com/${guid}</S>`,
      'pool-y.contoso.com',
    ],
    [
      'in a ServiceId',
      '<Obj N="Identity" RefId="1"><Props><Obj N="ServiceId" RefId="2"><Props><S N="NonNormalized">ApplicationServer:pool-y.contoso.com</S></Props></Obj></Props></Obj>',
      'pool-y.contoso.com',
    ],
    ['in no form that names one', '<S N="Identity">1-ApplicationServer-3</S>', null],
  ])('names the pool that was exported in its identities, %s', async (_form, identity, parent) => {
    const { parents } = await withFiles({ 'Queues.xml': objs(queue(identity)) });
    expect(parents).toEqual([small.pool, ...(parent === null ? [] : [parent])]);
  });

  it('may name the owner as a service', async () => {
    const owner = (text: string) => only('Queues.xml', queue(`<S N="OwnerPool">${text}</S>`));
    expect(await owner('service:ApplicationServer:Pool-A.contoso.com')).toMatchObject({
      owner: 'pool-a.contoso.com',
    });
    const unreadable = await owner('the pool in Berlin');
    expect([unreadable.owner, codes(unreadable)]).toEqual([null, ['owner-unreadable']]);
  });

  it('may write enumerations as objects or texts, and numbers as durations', async () => {
    const { properties } = await only(
      'Queues.xml',
      queue(
        '<S N="OverflowCandidate">oldestcall</S><TS N="TimeoutThreshold">PT1M30S</TS>' +
          '<Obj N="TimeoutAction" RefId="4"><Props><Obj N="Action" RefId="5"><ToString>Terminate</ToString><I32>4</I32></Obj><Nil N="Uri" /></Props></Obj>',
      ),
    );
    expect(properties).toMatchObject({
      overflowCandidate: 'OldestCall',
      timeoutThreshold: 90,
      timeoutAction: { action: 'Terminate' },
    });
  });

  it('keeps what nobody knows, and tells of it', async () => {
    const object = await only(
      'Queues.xml',
      queue(
        '<I32 N="Priority">3</I32><Obj N="TimeoutAction" RefId="4"><Props><S N="Action">Terminate</S><B N="Silent">true</B></Props></Obj>',
      ),
    );
    expect(object.unknownProperties).toEqual({ Priority: 3, 'timeoutAction/Silent': true });
    expect(object.findings).toMatchObject([
      { code: 'property-unknown', property: 'Priority' },
      { code: 'property-unknown', property: 'timeoutAction/Silent' },
    ]);
  });

  it('keeps what no cmdlet would take as the file has it, with a finding', async () => {
    const object = await only(
      'Queues.xml',
      queue('<I32 N="TimeoutThreshold">5</I32><I32 N="OverflowThreshold">7</I32>'),
    );
    expect(object.properties).toMatchObject({ timeoutThreshold: 5, overflowThreshold: 7 });
    expect(object.unknownProperties).toEqual({});
    expect(object.findings).toMatchObject([{ code: 'property-odd', property: 'timeoutThreshold' }]);
    expect(object.findings[0]?.detail).toMatch('from 10 to 65535');
  });

  it('may queue calls out of hours, which becomes a finding', async () => {
    const object = await only(
      'Workflows.xml',
      workflow(
        `<Obj N="HolidayAction" RefId="4"><Props><S N="Action">TransferToQueue</S><G N="QueueID">${guid}</G></Props></Obj>`,
      ),
    );
    expect(object.properties['holidayAction']).toEqual({ action: 'TransferToQueue', queueId: guid });
    expect(codes(object)).toContain('property-odd');
    expect(codes(object)).toContain('reference-dangling');
  });

  it('tells of objects without identity or name, and of those that come twice', async () => {
    const read = await withFiles({
      'Queues.xml': objs(
        '<S>text</S>',
        queue(''),
        queue(''),
        `<Obj RefId="8"><Props><G N="InstanceId">${guid.replace(/1$/, '2')}</G></Props></Obj>`,
      ),
      'Workflows.xml': null,
    });
    expect(read.objects.filter(({ kind }) => kind === 'queue').map(({ name }) => name)).toEqual([
      'Sales',
      guid.replace(/1$/, '2'),
    ]);
    expect(read.findings.filter(({ kind }) => kind === 'queue')).toMatchObject([
      { code: 'object-without-identity', line: 1 },
      { code: 'object-twice', line: 3 },
      { code: 'object-without-name', line: 4 },
    ]);
  });

  it('tells of audio files that are missing, have another extension or are used by nothing', async () => {
    const named = entries.find(({ name }) => name.endsWith('.wav'))?.name ?? '';
    const others = entries.filter(({ name }) => name !== named);
    const renamed = [...others, { name: named.replace('.wav', '.wma'), content: Buffer.from('RIFF') }];
    const strange = { name: 'RgsImportExport/RGS/Instances/a/b.wav', content: Buffer.from('RIFF') };
    const read = (files: readonly ZipEntry[]) => readExport(zipOf(files));
    expect((await read(others)).audio).toMatchObject([
      { originalFileName: 'music-1.wav', bytes: null, sha256: null },
    ]);
    expect(codes(await read(others))).toEqual(['audio-missing']);
    expect(codes(await read(renamed))).toEqual(['audio-with-another-extension']);
    expect(await read([...entries, strange])).toMatchObject({
      audio: [{ usedBy: [{ kind: 'workflow', id: idOf('Group 1') }] }, { uniqueName: 'b', usedBy: [] }],
      findings: [{ code: 'audio-unused', entry: strange.name }],
    });
  });

  it('may have any number of findings, of which the first five hundred are listed', async () => {
    const { findings } = await withFiles({
      'Queues.xml': objs(...Array.from({ length: 700 }, () => queue(''))),
    });
    expect(findings).toHaveLength(501);
    expect(findings.at(-1)).toMatchObject({ code: 'findings-left-out', detail: '201 more are not listed.' });
  });
});

describe('A file that', () => {
  it.each(Object.entries(broken))(
    '%s is refused, with its entry and place',
    async (_what, { file, entry, line, reason }) => {
      const error: unknown = await readExport(file).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(MalformedExportError);
      const { location, message } = error as MalformedExportError;
      expect(message).toMatch(reason);
      expect({ entry: location.entry, ...(line === undefined ? {} : { line: location.line }) }).toEqual({
        entry,
        ...(line === undefined ? {} : { line }),
      });
      if (entry !== null) expect(message).toContain(entry);
    },
  );

  const file = exportFile(small);
  it.each<[keyof ReadLimits, number]>([
    ['entries', 3],
    ['entryBytes', 1_000],
    ['expandedBytes', 5_000],
    ['xmlBytes', 5_000],
    ['elements', 50],
    ['nesting', 4],
    ['textLength', 10],
  ])('asks for more than the limit of %s is refused', async (limit, value) => {
    await expect(readExport(file, { ...defaultLimits, [limit]: value })).rejects.toThrow(
      MalformedExportError,
    );
    await expect(readExport(file)).resolves.toBeDefined();
  });
});
