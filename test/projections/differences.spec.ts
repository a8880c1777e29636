import { describe, expect, it } from '@jest/globals';
import { fc } from '../support/properties.js';
import type { Properties } from '../../events/vocabulary.js';
import { sameJson } from '../../policy/same-json.js';
import { differencesBetween, type ObjectState } from '../../policy/differences/differences.js';
import { differenceText } from '../../policy/differences/text.js';

const names: Readonly<Record<string, string>> = { 'g-1': 'Front Office', 'g-2': 'Back Office' };
const nameOf = (_: string, id: string): string | undefined => names[id];
const state = (properties: Properties, more: Partial<ObjectState> = {}): ObjectState => ({
  name: 'Orders',
  owner: 'pool-a.contoso.com',
  properties,
  ...more,
});
const told = (
  kind: 'workflow' | 'queue' | 'agent-group' | 'holiday-set',
  one: ObjectState,
  other: ObjectState,
) => differencesBetween(kind, one, other, nameOf).map(differenceText);

describe('The differences of two states of an object', () => {
  it('are told in the words of the cmdlets, with the names of the objects that ids mean', () => {
    expect(
      told(
        'workflow',
        state({
          lineUri: 'TEL:+4940700',
          businessHoursId: 'h-1',
          defaultAction: { action: 'TransferToQueue', queueId: 'g-1' },
        }),
        state({
          lineUri: 'TEL:+4940800',
          businessHoursId: null,
          defaultAction: { action: 'TransferToQueue', queueId: 'g-2' },
        }),
      ),
    ).toEqual([
      'LineUri: TEL:+4940700 → TEL:+4940800',
      'BusinessHoursID: h-1 → none',
      'DefaultAction.QueueId: Front Office (g-1) → Back Office (g-2)',
    ]);
  });

  it('tell elements of lists by what identifies them, and another order where it matters', () => {
    expect(
      told(
        'queue',
        state({ agentGroupIdList: ['g-1', 'g-2', 'g-3'] }),
        state({ agentGroupIdList: ['g-2', 'g-1', 'g-4'] }),
      ),
    ).toEqual([
      'AgentGroupIDList: g-3 → none',
      'AgentGroupIDList: none → g-4',
      'AgentGroupIDList (order): ["g-1","g-2"] → ["g-2","g-1"]',
    ]);
    const holiday = (endDate: string) => ({ name: 'Harvest', startDate: '2027-10-01', endDate });
    expect(
      told(
        'holiday-set',
        state({ holidayList: [holiday('2027-10-02')] }),
        state({ holidayList: [holiday('2027-10-03')] }),
      ),
    ).toEqual(['HolidayList[Harvest].EndDate: 2027-10-02 → 2027-10-03']);
  });

  it('hold name, owner, what no cmdlet documents, and audio by its content', () => {
    const audio = (sha256: string) => ({
      customMusicOnHoldFile: { fileName: 'waltz.wav', uniqueName: 'u-1', sha256 },
    });
    expect(
      told(
        'workflow',
        state({}, { unknownProperties: { Colour: 'red' }, audio: audio('aa') }),
        state(
          {},
          {
            name: 'Sales',
            owner: 'pool-b.contoso.com',
            unknownProperties: { Colour: 'blue' },
            audio: audio('bb'),
          },
        ),
      ),
    ).toEqual([
      'Name: Orders → Sales',
      'Owner: pool-a.contoso.com → pool-b.contoso.com',
      'Colour: red → blue',
      'CustomMusicOnHoldFile (audio).Sha256: aa → bb',
    ]);
  });

  it('are none of addresses that differ in their case alone', () => {
    expect(
      told(
        'workflow',
        state({ primaryUri: 'sip:A@contoso.com' }),
        state({ primaryUri: 'sip:a@contoso.com' }),
      ),
    ).toEqual([]);
  });

  it('are none between equal states, and some wherever two differ', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    // Named as no table has it, so that nothing but the same value is the same.
    const some = fc
      .dictionary(fc.constantFrom('red', 'green', 'blue'), json)
      .map((properties) => properties as Properties);
    fc.assert(
      fc.property(some, some, (one, other) => {
        expect(told('queue', state(one), state(structuredClone(one)))).toEqual([]);
        const filled = (of: Properties): Properties =>
          Object.fromEntries(['red', 'green', 'blue'].map((name) => [name, of[name] ?? null]));
        const found = differencesBetween('queue', state(one), state(other), nameOf);
        expect(found.length === 0).toBe(sameJson(filled(one), filled(other)));
        for (const { before, after } of found) expect(sameJson(before, after)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
