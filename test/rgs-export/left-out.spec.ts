/** What a file says and the record cannot hold in its place is kept beside it, or told and told apart. */
import { describe, expect, it } from '@jest/globals';
import { zipOf } from '../../examples/generator/export-file/zip.js';
import { tellingOf } from '../../policy/readiness/file-findings.js';
import { limits } from '../../policy/limits.js';
import { readExport } from '../../src/rgs-export/read-export.js';

const guid = '0a1b2c3d-0000-4000-8000-000000000001';
const read = async (file: string, body: string, more: readonly string[] = []) =>
  await readExport(
    zipOf([
      {
        name: `RgsImportExport/${file}`,
        content: Buffer.from(
          `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${body}</Objs>`,
        ),
      },
      ...more.map((name) => ({ name, content: Buffer.from(name) })),
    ]),
  );
const queue = (parts: string): string =>
  `<Obj RefId="0"><Props><G N="InstanceId">${guid}</G><S N="Name">Orders</S>${parts}</Props></Obj>`;
const person = (address: string, fields = ''): string =>
  `<Obj RefId="1"><Props><URI N="Uri">sip:${address}@contoso.com</URI>${fields}</Props></Obj>`;

const told = async (reading: ReturnType<typeof read>, code: string) =>
  (await reading).findings.filter((finding) => finding.code === code);

describe('Kept beside an object', () => {
  it.each([
    [
      'an owner that names no pool',
      '<S N="OwnerPool">Sales department</S>',
      { OwnerPool: 'Sales department' },
    ],
    [
      'an owner with more than its name',
      '<Obj N="OwnerPool" RefId="3"><Props><S N="Fqdn">pool-a.contoso.com</S><S N="Site">North</S></Props></Obj>',
      { OwnerPool: { Fqdn: 'pool-a.contoso.com', Site: 'North' } },
    ],
    [
      'a second owner',
      '<S N="OwnerPool">pool-a.contoso.com</S><S N="Owner">pool-b.contoso.com</S>',
      { Owner: 'pool-b.contoso.com' },
    ],
    [
      'what an identity has besides the id',
      `<Obj N="Identity" RefId="4"><Props><G N="InstanceId">${guid}</G><S N="Tag">east</S></Props></Obj>`,
      { Identity: { Tag: 'east' } },
    ],
    [
      'the properties of a number that was read by its text',
      '<Obj N="TimeoutThreshold" RefId="5"><ToString>30</ToString><MS><S N="Set by">Kim</S></MS></Obj>',
      { 'timeoutThreshold (object)': { 'Set by': 'Kim' } },
    ],
    [
      'the properties of a list',
      `<Obj N="AgentGroupIdList" RefId="6"><LST><G>${guid}</G></LST><Props><I32 N="Capacity">4</I32><S N="Order">given</S></Props></Obj>`,
      { 'agentGroupIdList/Order': 'given' },
    ],
    [
      'both values of one key, and a list within',
      '<Obj N="Odd" RefId="7"><DCT><En><S N="Key">k</S><S N="Value">1</S></En><En><S N="Key">k</S><S N="Value">2</S></En></DCT><MS><S N="Kind">pairs</S></MS></Obj>',
      { Odd: { Kind: 'pairs', '(entries)': { k: '1', 'k (2)': '2' } } },
    ],
  ])('%s', async (_, parts, beside) => {
    const { objects } = await read('Queues.xml', queue(parts));
    expect(objects[0]?.unknownProperties).toEqual(beside);
  });

  it.each([
    ['itself', '<Ref N="Around" RefId="4" />'],
    ['its object', '<Ref N="Around" RefId="0" />'],
  ])('is an identity that refers to %s, as far as it can be told', async (_, around) => {
    const { objects } = await read(
      'Queues.xml',
      queue(`<Obj N="Identity" RefId="4"><Props><G N="InstanceId">${guid}</G>${around}</Props></Obj>`),
    );
    expect(objects).toHaveLength(1);
    expect(objects[0]?.unknownProperties).toHaveProperty('Identity.Around');
  });

  it('is nothing of an identity as the product writes it, in any spelling', async () => {
    const service = `service:ApplicationServer:pool-a.contoso.com/${guid}`;
    const { objects } = await read(
      'Queues.xml',
      queue(
        `<Obj N="Identity" RefId="4"><ToString>${service}</ToString><Props><S N="ServiceId">ApplicationServer:pool-a.contoso.com</S><S N="NonNormalized">${service}</S></Props></Obj><S N="Parent">service:ApplicationServer:pool-a.contoso.com</S><S N="RunspaceId">another each time</S>`,
      ),
    );
    expect(objects[0]?.unknownProperties).toEqual({});
  });
});

describe('Of agents and managers', () => {
  it('all that the file says is kept, and one that comes again with something else is told', async () => {
    const kim = person('Kim', '<S N="DisplayName">Kim</S><S N="RunspaceId">r</S>');
    const other = person('kim', '<S N="DisplayName">Kim Akers</S>');
    const { agents, people, findings } = await read('Agents.xml', kim + kim + other + person('lee'));
    expect({ agents, people }).toEqual({
      agents: ['sip:kim@contoso.com', 'sip:lee@contoso.com'],
      people: { agents: { 'sip:kim@contoso.com': { DisplayName: 'Kim' } }, managers: {} },
    });
    expect(findings.filter(({ code }) => code === 'person-twice')).toHaveLength(1);
  });

  it('those beyond the limit are told', async () => {
    const all = Array.from({ length: limits.list + 2 }, (_, number) => `<S>sip:a${number}@contoso.com</S>`);
    const { agents, findings } = await read('Agents.xml', all.join(''));
    expect(agents).toHaveLength(limits.list);
    expect(findings.filter(({ code }) => code === 'people-left-out')).toMatchObject([
      { detail: `A list has 2 more people than the ${limits.list} that are kept.` },
    ]);
  });
});

describe('Told, and told apart', () => {
  it.each([
    ['an object without an identity', 'object-without-identity', (odd: string) => `<S>${odd} and more</S>`],
    [
      'the second of one identity',
      'object-twice',
      (odd: string) => queue('') + queue(`<S N="Description">${odd}</S>`),
    ],
  ])('%s', async (_, code, body) => {
    const [one, same, other] = await Promise.all(
      ['one', 'one', 'other'].map(async (odd) => await told(read('Queues.xml', body(odd)), code)),
    );
    expect(one).toHaveLength(1);
    expect(one?.map(tellingOf)).toEqual(['not-on-record']);
    expect(same).toEqual(one);
    expect(other?.[0]?.fingerprint).not.toBe(one?.[0]?.fingerprint);
  });

  it('an element that no CLIXML has', async () => {
    const odd = queue('<Odd N="Description"><S>lost</S></Odd>');
    expect(await told(read('Queues.xml', odd), 'element-unknown')).toMatchObject([
      { entry: 'RgsImportExport/Queues.xml', line: 1, severity: 'warning' },
    ]);
  });

  it('a file that nobody has described, by its content', async () => {
    const [one, other] = await Promise.all(
      ['RgsImportExport/Skills.xml', 'RgsImportExport/Queue.xml'].map(
        async (name) => await told(read('Queues.xml', queue(''), [name]), 'file-unknown'),
      ),
    );
    expect(one?.[0]?.fingerprint).not.toBe(other?.[0]?.fingerprint);
  });

  it('many remarks hide no loss', async () => {
    const remarks = Array.from({ length: 600 }, (_, number) => `<S N="Extra${number}">x</S>`).join('');
    const { findings } = await read('Queues.xml', `${queue(remarks)}<S>no queue</S>`);
    expect(findings.filter(({ code }) => code === 'object-without-identity')).toHaveLength(1);
    const leftOut = findings.filter(({ code }) => code === 'findings-left-out');
    expect(leftOut).toMatchObject([{ severity: 'information' }]);
    expect(leftOut.map(tellingOf)).toEqual(['file-remarks']);
  });
});
