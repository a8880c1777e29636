import { describe, expect, it } from '@jest/globals';
import { zipOf } from '../../examples/generator/export-file/zip.js';
import { text } from '../support/text.js';
import { readExport, type ReadExport } from '../../src/rgs-export/read-export.js';

const guid = (number: number): string => `0a1b2c3d-0000-4000-8000-00000000000${number}`;
const objs = (body: string): Buffer =>
  Buffer.from(
    `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${body}</Objs>`,
  );
const object = (properties: string, extended = ''): string =>
  `<Obj RefId="0"><Props><G N="InstanceId">${guid(1)}</G><S N="Name">Orders</S>${properties}</Props>${extended}</Obj>`;

async function only(file: string, xml: string) {
  const read: ReadExport = await readExport(zipOf([{ name: `RgsImportExport/${file}`, content: objs(xml) }]));
  const [one] = read.objects;
  if (one === undefined) throw new Error('Nothing was read.');
  const findings = read.findings.filter(({ id }) => id === one.id);
  return { ...one, codes: findings.map(({ code, property }) => `${code} ${property ?? ''}`.trim()) };
}

const workflow = (properties: string) =>
  only('Workflows.xml', object(`<URI N="PrimaryUri">sip:orders@contoso.com</URI>${properties}`));

const emptyList = (name: string): string => `<Obj N="${name}" RefId="90"><LST /></Obj>`;
const action = (fields: string): string => `<Obj N="DefaultAction" RefId="10"><Props>${fields}</Props></Obj>`;

describe('A value that no cmdlet would take', () => {
  it.each([
    ['a text that is too long', '<S N="DisplayNumber">' + '7'.repeat(300) + '</S>', 'displayNumber'],
    ['a language that is not spoken', '<S N="Language">eo-XX</S>', 'language'],
    ['a number of another form', '<S N="LineUri">tel:4711</S>', 'lineUri'],
    ['an audio file of another kind', '<S N="CustomMusicOnHoldFile">waltz.mp3</S>', 'customMusicOnHoldFile'],
  ])('is kept with a finding: %s', async (_, xml, property) => {
    const { properties, unknownProperties, codes } = await workflow(xml);
    expect(xml).toContain(text(properties[property]));
    expect(unknownProperties).toEqual({});
    expect(codes).toContain(`property-odd ${property}`);
  });

  it('is set aside alone where it fits no type, and kept beside under its path', async () => {
    const { properties, unknownProperties, codes } = await workflow(
      action(
        `<S N="Action">TransferToQueue</S><G N="QueueID">${guid(2)}</G><Obj N="Prompt" RefId="11"><Props><Obj N="TextToSpeechPrompt" RefId="12"><LST><S>one</S><S>two</S></LST></Obj></Props></Obj>`,
      ) + '<S N="Active">perhaps</S>',
    );
    expect(properties).toMatchObject({
      defaultAction: { action: 'TransferToQueue', queueId: guid(2) },
      active: null,
    });
    expect(unknownProperties).toEqual({
      active: 'perhaps',
      'defaultAction/prompt/textToSpeechPrompt': ['one', 'two'],
    });
    expect(codes.toSorted()).toEqual([
      'property-set-aside active',
      'property-set-aside defaultAction/prompt/textToSpeechPrompt',
      'reference-dangling defaultAction/queueId',
    ]);
  });

  it('keeps an action that nobody knows, and what it refers to is looked for', async () => {
    const { properties, codes } = await workflow(
      action(`<S N="Action">TransferToMoon</S><G N="QueueID">${guid(3)}</G>`),
    );
    expect(properties['defaultAction']).toEqual({ action: 'TransferToMoon', queueId: guid(3) });
    expect(codes.toSorted()).toEqual([
      'property-odd defaultAction/action',
      'reference-dangling defaultAction/queueId',
    ]);
  });
});

describe('What is usual in files is no fault', () => {
  it('a menu with keys only, and a holiday set without days', async () => {
    const answers = `<Obj N="AnswerList" RefId="21"><LST><Obj RefId="22"><Props><S N="DtmfResponse">3</S>${emptyList('VoiceResponseList')}<Obj N="Action" RefId="23"><Props><S N="Action">Terminate</S></Props></Obj></Props></Obj></LST></Obj>`;
    const menu = `<Obj N="Question" RefId="20"><Props><Obj N="Prompt" RefId="24"><Props><S N="TextToSpeechPrompt">Say or press three.</S></Props></Obj>${answers}</Props></Obj>`;
    const { properties, codes } = await workflow(action(`<S N="Action">TransferToQuestion</S>${menu}`));
    expect(properties['defaultAction']).toMatchObject({
      question: { answerList: [{ dtmfResponse: '3', action: { action: 'Terminate' } }] },
    });
    expect(codes).toEqual([]);
    const none = await only('HolidaySets.xml', object(emptyList('HolidayList')));
    expect([none.properties['holidayList'], none.codes]).toEqual([[], []]);
  });

  it('a number with an extension, a prompt without content, a list of one, a value that is no list', async () => {
    const odd = await workflow(
      '<S N="LineUri">tel:+4930555;ext=77</S><S N="ManagersByUri">sip:lee@contoso.com</S>' +
        action(
          `<S N="Action">TransferToQueue</S><G N="QueueID">${guid(2)}</G><Obj N="Prompt" RefId="11"><Props><Nil N="AudioFilePrompt" /></Props></Obj>`,
        ),
    );
    expect(odd.properties).toMatchObject({
      lineUri: 'tel:+4930555;ext=77',
      managersByUri: ['sip:lee@contoso.com'],
      defaultAction: { action: 'TransferToQueue', queueId: guid(2) },
    });
    expect(odd.codes).toEqual(['reference-dangling defaultAction/queueId']);
    const list = '<Obj N="DistributionGroupAddress" RefId="5"><LST><S>orders@contoso.com</S></LST></Obj>';
    const group = await only('AgentGroups.xml', object(list));
    expect([group.properties['distributionGroupAddress'], group.codes]).toEqual(['orders@contoso.com', []]);
  });

  it.each([
    ['<TS N="CloseTime">P1D</TS>', '24:00'],
    ['<TS N="CloseTime">PT24H</TS>', '24:00'],
    ['<S N="CloseTime">1.00:00:00</S>', '24:00'],
    ['<TS N="CloseTime">PT23H59M59.9999999S</TS>', '23:59:59.9999999'],
    ['<TS N="CloseTime">PT0S</TS>', '00:00'],
  ])('a day that ends at %s', async (xml, closeTime) => {
    const hours = `<Obj N="MondayHours1" RefId="3"><Props><TS N="OpenTime">PT9H</TS>${xml}</Props></Obj>`;
    const { properties, codes } = await only('HoursOfBusiness.xml', object(hours));
    expect(properties['mondayHours1']).toEqual({ openTime: '09:00', closeTime });
    expect(codes).toEqual([]);
  });

  it('what a remote session of PowerShell adds to an object', async () => {
    const remote =
      '<MS><S N="PSComputerName">fe1.contoso.com</S><G N="RunspaceId">0a1b2c3d-0000-4000-8000-0000000000ff</G><B N="PSShowComputerName">true</B></MS>';
    const { unknownProperties, codes } = await only('Queues.xml', object('', remote));
    expect([unknownProperties, codes]).toEqual([{}, []]);
  });
});

describe('Nothing of an object is lost', () => {
  it('neither a name that comes twice, nor what an audio file or an unknown object has of its own', async () => {
    const { unknownProperties } = await workflow(
      '<S N="Description">One</S><S N="description">Two</S>' +
        '<Obj N="CustomMusicOnHoldFile" RefId="7"><Props><S N="UniqueName">u-1</S><S N="OriginalFileName">waltz.wav</S><I32 N="Length">9</I32></Props></Obj>' +
        '<Obj N="Extra" RefId="8"><ToString>Contoso.Extra</ToString><Props><I32 N="Depth">3</I32></Props></Obj>',
    );
    expect(unknownProperties).toEqual({
      'description (2)': 'Two',
      'customMusicOnHoldFile/Length': 9,
      Extra: { Depth: 3 },
    });
  });
});
