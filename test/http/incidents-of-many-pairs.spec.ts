/** A pool that was in several pairs, one after another, and one whose place another took: its incidents and their moments. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, callArrives, createWorkflow, declareOutage, registerPair } from './support/commands.js';
import { entries } from './support/pair.js';
import { clockedService } from './support/clocked.js';
import { terminal } from '../cli/support/terminal.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';
const c = 'pool-c.contoso.com';
const day = clockedService('2026-03-02');
const { at, tell, set } = day;

const idsOf = async (query = '', pool = a): Promise<readonly string[]> =>
  entries((await day.service.shown(`/v1/pools/${pool}/incidents${query}`))['incidents']).map(({ id }) =>
    textOf(id),
  );
const poolAt = async (moment: string, pool = a): Promise<JsonObject> =>
  await day.service.shown(`/v1/pools/${pool}?${moment}`);

/** One incident with b, two with c; the last one goes on. */
async function threeIncidents(): Promise<void> {
  await tell('08:00', registerPair(a, b));
  await tell('08:10', createWorkflow(a, 'desk'));
  await tell('09:00', declareOutage(a));
  await tell('09:20', ask('end-outage', { pool: a }));
  await tell('10:00', ask('unpair', { pool: a }));
  await tell('10:30', registerPair(a, c));
  await tell('11:00', declareOutage(a));
  await tell('11:10', callArrives('c-1', a, 'desk'));
  await tell('11:30', ask('end-outage', { pool: a }));
  await tell('12:00', declareOutage(a));
  await tell('12:10', ask('initiate-failover', { pool: a }));
  set('13:00');
}

describe('A pool that was in two pairs, one after another', () => {
  beforeEach(threeIncidents);

  it('has the incidents of both, the latest first, by pages and at a moment', async () => {
    const ids = await idsOf();
    expect(ids).toHaveLength(3);
    expect(ids.map((id) => id.replace(/^.*-/, ''))).toEqual(['2', '1', '1']);
    const partners = [];
    for (const id of ids) partners.push((await day.service.shown(`/v1/incidents/${id}`))['partner']);
    expect(partners).toEqual([c, c, b]);
    for (const moment of ['', `at=${at('12:30')}&`]) {
      const found: string[] = [];
      let cursor = '';
      do {
        const page = await day.service.shown(`/v1/pools/${a}/incidents?${moment}limit=1${cursor}`);
        found.push(...entries(page['incidents']).map(({ id }) => textOf(id)));
        cursor = page['next'] === null ? '' : `&cursor=${textOf(page['next'])}`;
      } while (cursor !== '');
      expect({ moment, found }).toEqual({ moment, found: ids });
    }
    expect(await idsOf(`?at=${at('09:10')}`)).toEqual([ids[2]]);
    expect(await idsOf(`?asOf=${at('11:10')}`)).toEqual([ids[1], ids[2]]);
  });

  it.each(['at', 'asOf'])('has moments by names that count over both (%s)', async (axis) => {
    expect(await poolAt(`${axis}=incident/1/outage`)).toMatchObject({ stage: 'outage', partner: b });
    expect(await poolAt(`${axis}=incident/2/outage`)).toMatchObject({ stage: 'outage', partner: c });
    expect(await poolAt(`${axis}=incident/3/outage`)).toMatchObject({ stage: 'outage', since: at('12:00') });
    expect(await poolAt(`${axis}=incident/3/failing-over`)).toMatchObject({ stage: 'failing-over' });
    expect(await poolAt(`${axis}=incident/last/outage`)).toMatchObject({ since: at('12:00') });
    expect(await poolAt(`${axis}=incident/1/outage%2B5m`)).toMatchObject({ stage: 'outage', partner: b });
    const beyond = await day.service.get(`/v1/pools/${a}?${axis}=incident/4/outage`);
    expect(entries(beyond.body['errors'])).toEqual([
      {
        pointer: `/${axis}`,
        detail: `"incident/4/outage" cannot be told: ${a} has had 3 incidents; the nearest that can be told: incident/3/outage, incident/3/failing-over.`,
      },
    ]);
  });

  it('has a report of each incident, and views of each at its own moments', async () => {
    for (const [index, id] of (await idsOf()).entries()) {
      const name = `incident/${3 - index}/outage`;
      const report = await day.service.shown(`/v1/incidents/${id}/report?at=${name}`);
      expect({ name, pool: (report['incident'] as JsonObject)['pool'] }).toEqual({ name, pool: a });
      const trail = await day.service.shown(`/v1/pools/${a}/audit-trail?incident=${id}&asOf=${name}`);
      expect({ name, types: entries(trail['entries']).map(({ type }) => type) }).toEqual({
        name,
        types: expect.arrayContaining(['OutageDeclared']),
      });
    }
  });

  it('is asked what would have been in the pair whose incident is named, as views count', async () => {
    const asked = async (from: string, to?: string) =>
      await day.service.send({
        method: 'POST',
        url: `/v1/pools/${a}/what-if`,
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify({
          from,
          ...(to === undefined ? {} : { to }),
          alternatives: [{ name: 'as it was', edits: [] }],
        }),
      });
    const stagesIn = async (from: string, to?: string) => {
      const { status, body, text } = await asked(from, to);
      expect({ from, to, status, text }).toMatchObject({ status: 200 });
      return entries((body['recorded'] as JsonObject)['stages']).map(({ stage, from: since }) => [
        stage,
        since,
      ]);
    };
    const outages = [at('09:00'), at('11:00'), at('12:00')];
    for (const [index, began] of outages.entries())
      expect(await stagesIn(`incident/${index + 1}/outage`)).toContainEqual(['outage', began]);
    expect(await stagesIn('incident/last/outage-1m')).toContainEqual(['outage', at('12:00')]);
    expect((await stagesIn('incident/1/outage', 'incident/1/outage+30m')).slice(-2)).toEqual([
      ['outage', at('09:00')],
      ['normal', at('09:20')],
    ]);
    expect(await stagesIn(at('08:50'), at('09:40'))).toContainEqual(['outage', at('09:00')]);
    expect(await asked('incident/1/outage', 'incident/2/outage')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/to' }] },
    });
    const unnamed = await asked('incident/7/outage');
    const view = await day.service.get(`/v1/pools/${a}?at=incident/7/outage`);
    const [[told], [shown]] = [entries(unnamed.body['errors']), entries(view.body['errors'])];
    expect(told?.['detail']).toBe(shown?.['detail']);
  });

  it('is asked on the command line as over HTTP', async () => {
    const onCommandLine = terminal((await day.service.listen()).href.replace(/\/$/, ''));
    const told = async (...line: readonly string[]): Promise<string> => {
      const { exitCode, out, err } = await onCommandLine(...line);
      expect({ line, exitCode, err }).toMatchObject({ line, exitCode: 0 });
      return out;
    };
    const list = await told('incidents', a);
    for (const id of await idsOf()) expect(list).toContain(id);
    expect(await told('pool', a, '--at', 'incident/1/outage', '--json')).toContain(b);
    expect(await told('pool', a, '--at', 'incident/2/outage', '--json')).toContain(c);
    const without = await told(
      'what-if',
      a,
      '--from',
      'incident/1/outage-1m',
      '--to',
      at('09:40'),
      '--drop',
      'outage',
    );
    expect(without).not.toContain('There is no');
  });
});

describe('A pool whose place another took in its incident', () => {
  it('hands its incident and the names of its moments on', async () => {
    await tell('08:00', registerPair(a, b));
    await tell('08:10', createWorkflow(a, 'desk'));
    await tell('09:00', declareOutage(a));
    await tell('09:10', ask('initiate-failover', { pool: a }));
    await tell('09:20', ask('complete-failover', { pool: a }));
    await tell('10:00', ask('replace-pool', { failed: a, replacement: c }));
    await tell('11:00', ask('complete-replacement', { pool: c }));
    set('12:00');
    for (const axis of ['at', 'asOf']) {
      for (const stage of ['outage', 'failing-over', 'failed-over']) {
        expect(await poolAt(`${axis}=incident/1/${stage}`, a)).toMatchObject({ stage });
        // Its name then was the other.
        expect(await poolAt(`${axis}=incident/1/${stage}`, c)).toMatchObject({ stage: null });
      }
      expect(await poolAt(`${axis}=incident/1/failed-over%2B50m`, c)).toMatchObject({ stage: 'failed-over' });
      expect(await poolAt(`${axis}=incident/last/failed-back`, c)).toMatchObject({ stage: 'failed-back' });
    }
    expect(await idsOf('', a)).toEqual(await idsOf('', c));
    expect(await idsOf('?at=incident/1/outage', a)).toHaveLength(1);
  });
});
