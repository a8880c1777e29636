/** Whoever reads the report of an incident learns what was retracted or corrected of its record, by whom, and why. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { clockedService } from './support/clocked.js';
import {
  ask,
  callArrives,
  createWorkflow,
  declareOutage,
  recordExport,
  registerAgent,
  registerPair,
} from './support/commands.js';
import { entries } from './support/pair.js';
import type { Ask } from './support/service.js';

const day = clockedService('2026-03-02');
const { at, tell, set } = day;
const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const ada = { 'x-actor': 'ada@contoso.com' };

const idOf = (answer: JsonObject): string => textOf(entries(answer['events'])[0]?.['id']);
const told = async (time: string, command: Ask): Promise<string> => idOf(await tell(time, command));
const retract = (eventId: string, reason: string): Ask => ask('retract', { eventId, reason });
const correct = (eventId: string, time: string, reason: string): Ask =>
  ask('correct-time', { eventId, occurredAt: at(time), reason });

async function reportOf(pool = a, query = ''): Promise<JsonObject> {
  const { incidents } = await day.service.shown(`/v1/pools/${pool}/incidents`);
  const id = textOf(entries(incidents)[0]?.['id']);
  return await day.service.shown(`/v1/incidents/${id}/report${query}`);
}

describe('The report of an incident whose record was changed', () => {
  async function changed() {
    await tell('08:00', registerPair(a, b));
    await tell('08:03', createWorkflow(a, 'desk'));
    const exported = await told('08:30', recordExport(a));
    const earlier = await told('08:40', registerAgent('sip:kim@contoso.com', a));
    await tell('08:50', retract(earlier, 'Not of this pool'));
    await tell('08:55', callArrives('c-1', a, 'desk'));
    const outage = await told('09:00', declareOutage(a));
    const note = await told('09:10', ask('annotate-incident', { pool: a, text: 'Water in the basement' }));
    await tell('09:30', ask('end-outage', { pool: a }));
    set('10:00');
    const before = await reportOf();
    const position = textOf(before['position']);
    await tell('10:00', retract(note, 'It was another building'), ada);
    await tell('10:10', correct(outage, '08:52', 'By the alarm'), ada);
    await tell('10:20', correct(outage, '08:57', 'By the log of the switch'), ada);
    await tell('10:30', retract(exported, 'The file was empty'), ada);
    set('11:00');
    return { before, position, outage, note, exported };
  }

  it('has each correction: what, when, by whom and why', async () => {
    const { before, outage, note, exported } = await changed();
    expect(before['corrections']).toEqual([]);
    const { corrections, incident } = await reportOf();
    const id = textOf((incident as JsonObject)['id']);
    const by = 'ada@contoso.com';
    const ofOutage = { kind: 'time-corrected', event: outage, type: 'OutageDeclared', by };
    expect(entries(corrections)).toMatchObject([
      {
        kind: 'retracted',
        event: note,
        type: 'IncidentAnnotated',
        what: `Note on incident ${id} of ${a}: Water in the basement`,
        before: at('09:10'),
        after: null,
        at: at('10:00'),
        by,
        why: 'It was another building',
      },
      { ...ofOutage, before: at('09:00'), after: at('08:52'), at: at('10:10'), why: 'By the alarm' },
      { ...ofOutage, before: at('08:52'), after: at('08:57'), at: at('10:20') },
      { kind: 'retracted', event: exported, before: at('08:30'), at: at('10:30'), why: 'The file was empty' },
    ]);
  });

  it('says so on every sheet, and nothing where nothing was changed', async () => {
    const { position } = await changed();
    const { incident } = await reportOf();
    const id = textOf((incident as JsonObject)['id']);
    for (const format of ['markdown', 'html']) {
      const now = await day.service.get(`/v1/incidents/${id}/report?format=${format}`);
      for (const part of [
        'Corrections of the record',
        'ada@contoso.com',
        'It was another building',
        'By the alarm',
      ])
        expect(now.text).toContain(part);
      const then = await day.service.get(`/v1/incidents/${id}/report?format=${format}&asOf=${position}`);
      expect(then.text).not.toContain('Corrections of the record');
    }
  });

  it('has as of a moment those that were on record by then, and at a moment those of what had happened', async () => {
    const { position } = await changed();
    expect((await reportOf(a, `?asOf=${position}`))['corrections']).toEqual([]);
    const kinds = entries((await reportOf(a, `?asOf=${at('10:15')}`))['corrections']).map(({ kind }) => kind);
    expect(kinds).toEqual(['retracted', 'time-corrected']);
    const happened = entries((await reportOf(a, `?at=${at('09:05')}`))['corrections']).map(
      ({ type }) => type,
    );
    expect(happened).toEqual(['OutageDeclared', 'OutageDeclared', 'ResponseGroupsExported']);
  });

  it('has nothing of the incidents after it', async () => {
    await changed();
    await tell('11:00', declareOutage(a));
    const agent = await told('11:05', registerAgent('sip:lee@contoso.com', a));
    await tell('11:10', retract(agent, 'Left the company'));
    const { corrections } = await reportOf();
    expect(entries(corrections)).toMatchObject([{ event: agent, type: 'AgentRegistered' }]);
  });

  it('shows the first hundred, and says how many there are beyond', async () => {
    await tell('08:00', registerPair(a, b));
    await tell('08:03', createWorkflow(a, 'desk'));
    await tell('09:00', declareOutage(a));
    for (let call = 0; call < 103; call += 1)
      await tell('09:40', retract(await told('09:10', callArrives(`c-${call}`, a, 'desk')), 'Counted twice'));
    const report = await reportOf();
    expect(entries(report['corrections'])).toHaveLength(100);
    expect(report['moreCorrections']).toBe(3);
  });
});
