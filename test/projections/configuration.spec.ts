/** The configuration on record as people read it: a response group with its number, its ways, its hours. */
import { describe, expect, it } from '@jest/globals';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseHtml } from 'parse5';
import { configurationHtml } from '../../projections/configuration/html.js';
import { configurationCsv } from '../../projections/configuration/rows.js';
import { configurationView, type ConfigurationView } from '../../projections/configuration/view.js';
import { hostile } from '../text/support/strings.js';
import { createdAndImported, createdInFull } from '../support/objects.js';
import { fc, runs } from '../support/properties.js';
import { ann, annIsHomedIn, paired, poolA, poolB } from '../support/story.js';
import { World } from '../support/world.js';

const toQueue = (queueId: string) => ({ action: 'TransferToQueue', queueId });
const said = (text: string) => ({ textToSpeechPrompt: text });
const day = (openTime: string, closeTime: string) => ({ openTime, closeTime });
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

const objects = [
  {
    kind: 'workflow',
    id: 'service',
    name: 'Service',
    properties: {
      lineUri: 'TEL:+493055501',
      displayNumber: '+49 30 5550-1',
      businessHoursId: 'office',
      holidaySetIdList: ['feasts'],
      nonBusinessHoursAction: {
        action: 'TransferToVoiceMailUri',
        uri: 'sip:box@contoso.com',
        prompt: said('Later!'),
      },
      holidayAction: { action: 'Terminate' },
      defaultAction: {
        action: 'TransferToQuestion',
        question: {
          prompt: said('One for sales.'),
          answerList: [
            { dtmfResponse: '1', name: 'Sales', action: toQueue('sales') },
            {
              dtmfResponse: '2',
              action: { action: 'TransferToPSTN', uri: 'sip:+4930@contoso.com;user=phone' },
            },
            { voiceResponseList: ['help'], action: toQueue('gone') },
          ],
        },
      },
    },
  },
  { kind: 'workflow', id: 'silent', name: 'Silent' },
  {
    kind: 'queue',
    id: 'sales',
    name: 'Sales queue',
    properties: {
      agentGroupIdList: ['sellers', 'others'],
      timeoutThreshold: 60,
      timeoutAction: toQueue('idle'),
      overflowThreshold: 5,
    },
  },
  { kind: 'queue', id: 'idle', name: 'Idle queue' },
  { kind: 'queue', id: 'lost', name: 'Lost queue' },
  {
    kind: 'agent-group',
    id: 'sellers',
    name: 'Sellers',
    properties: { agentsByUri: [ann, 'sip:bob@contoso.com'] },
  },
  {
    kind: 'agent-group',
    id: 'others',
    name: 'Others',
    properties: { distributionGroupAddress: 'others@contoso.com' },
  },
  {
    kind: 'hours-of-business',
    id: 'office',
    name: 'Office',
    properties: {
      ...Object.fromEntries(weekdays.map((name) => [`${name}Hours1`, day('08:00', '12:00')])),
      ...Object.fromEntries(weekdays.map((name) => [`${name}Hours2`, day('13:00', '17:00')])),
      sundayHours1: day('09:00', '10:00'),
    },
  },
  {
    kind: 'holiday-set',
    id: 'feasts',
    name: 'Feasts',
    properties: { holidayList: [{ name: 'Easter', startDate: '2027-03-28', endDate: '2027-03-30' }] },
  },
] as const;

function viewOf(world: World, fqdn = poolA): ConfigurationView {
  const view = configurationView(world.pair, fqdn, world.agents);
  if (view === null) throw new Error('no view');
  return view;
}
const given = (): World =>
  new World().happened([
    paired,
    annIsHomedIn(poolA),
    ...objects.map((object) => createdInFull(poolA, object)),
  ]);

describe('A response group in the configuration', () => {
  it('has its number, its hours, and each way of its calls to the agents', () => {
    const [sheet, silent] = viewOf(given()).responseGroups;
    expect(sheet).toMatchObject({
      number: 'TEL:+493055501',
      displayNumber: '+49 30 5550-1',
      welcome: '“One for sales.”',
      hours: {
        name: 'Office',
        week: [
          { days: 'monday to friday', open: '08:00 to 12:00, 13:00 to 17:00' },
          { days: 'sunday', open: '09:00 to 10:00' },
        ],
      },
      outsideHours: 'goes to the voice mail of sip:box@contoso.com, after “Later!”',
      holidays: [{ name: 'Feasts', days: [{ name: 'Easter', from: '2027-03-28', to: '2027-03-30' }] }],
      onHolidays: 'ends',
    });
    expect(sheet?.ways.map(({ choice, then }) => [choice, then])).toEqual([
      ['1 Sales', 'goes to queue Sales queue'],
      ['2', 'goes to sip:+4930@contoso.com;user=phone'],
      ['“help”', 'goes to queue gone (not on record)'],
    ]);
    expect(sheet?.ways[0]?.queue).toMatchObject({
      timeout: 'after 60 s: the call goes to queue Idle queue',
      overflow: 'beyond 5 calls: the call ends',
      groups: [
        { name: 'Sellers', agents: [ann, 'sip:bob@contoso.com'] },
        { name: 'Others', agents: [], distributionGroup: 'others@contoso.com' },
      ],
    });
    expect(silent).toMatchObject({ id: 'silent', ways: [], hours: null });
  });

  it('is shown on both pools once it is imported, each with the objects beside it', () => {
    const world = new World().happened([paired, ...createdAndImported(poolA, ...objects)]);
    const sheets = viewOf(world, poolB).responseGroups.filter(({ id }) => id === 'service');
    expect(sheets.map(({ parent, ownership }) => [parent, ownership])).toEqual([
      [poolA, 'backup'],
      [poolB, 'imported'],
    ]);
    expect(sheets[1]?.ways).toEqual(sheets[0]?.ways);
  });
});

describe('The configuration', () => {
  it('lists each agent once with home pool and groups, and what no call reaches', () => {
    const view = viewOf(given());
    expect(view.agents).toEqual([
      { agent: ann, homePool: poolA, groups: [{ id: 'sellers', name: 'Sellers', parent: poolA }] },
      {
        agent: 'sip:bob@contoso.com',
        homePool: null,
        groups: [{ id: 'sellers', name: 'Sellers', parent: poolA }],
      },
    ]);
    expect(view.unreached).toMatchObject([{ queue: { name: 'Lost queue' }, group: null, parent: poolA }]);
  });

  it('names the objects whose ids the properties hold', () => {
    const sales = viewOf(given()).objects.find(({ id }) => id === 'sales');
    expect(sales?.references).toContainEqual({
      pointer: '/properties/agentGroupIdList/0',
      kind: 'agent-group',
      id: 'sellers',
      name: 'Sellers',
    });
  });

  it('has a row in CSV for each group that a call may reach', () => {
    const rows = parseCsv<Record<string, string>>(configurationCsv(viewOf(given())), { columns: true });
    expect(
      rows.map((row) => [row['response group'], row['choice'], row['queue'], row['agent group']]),
    ).toEqual([
      ['Service', '1 Sales', 'Sales queue', 'Sellers'],
      ['Service', '1 Sales', 'Sales queue', 'Others'],
      ['Service', '2', '', ''],
      ['Service', '“help”', 'gone (not on record)', ''],
      ['Silent', '', '', ''],
      ['', '', 'Lost queue', ''],
    ]);
    expect(rows[0]).toMatchObject({
      agents: `${ann}, sip:bob@contoso.com`,
      hours: expect.stringMatching('sunday 09:00') as unknown,
    });
  });

  it('is a page without script or anything from elsewhere, whatever names and values hold', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, value) => {
        const odd = {
          description: value,
          lineUri: value,
          active: value,
          businessHoursId: value,
          defaultAction: { action: value, queueId: value, prompt: value },
        };
        const world = new World().happened([
          paired,
          {
            type: 'ObjectCreated',
            data: {
              pool: poolA,
              kind: 'workflow',
              id: 'odd',
              name,
              properties: odd,
              tool: 'managementShell',
            },
          },
          {
            type: 'ObjectCreated',
            data: {
              pool: poolA,
              kind: 'agent-group',
              id: value,
              name,
              properties: { agentsByUri: [value, 7, { value }] },
              tool: 'managementShell',
            },
          },
        ]);
        const written = configurationHtml(viewOf(world), value);
        const names = new Set<string>();
        const walk = (node: { nodeName: string; childNodes?: unknown }): void => {
          names.add(node.nodeName);
          for (const child of (node.childNodes as (typeof node)[] | undefined) ?? []) walk(child);
        };
        walk(parseHtml(written));
        expect(
          [...names].filter((tag) =>
            ['script', 'img', 'link', 'iframe', 'object', 'svg', 'form'].includes(tag),
          ),
        ).toEqual([]);
        expect(written).not.toMatch(/\b(href|src)="(?!#)/);
        configurationCsv(viewOf(world));
      }),
      { numRuns: runs(200) },
    );
  });
});
