/** What is asked under the names of all three pools once another has taken the place of one. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textOf } from '../../examples/generator/text-of.js';
import {
  ask,
  callArrives,
  callConnects,
  callEnds,
  importGroups,
  modifyObject,
  moveAgent,
  recordExport,
} from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

const built = 'bonn.contoso.com';
let service: Service;
let pair: Pair;
let lost: string;
let standIn: string;
let before: string;
let trailBefore: unknown;
let cutOff: string;
beforeAll(async () => {
  service = await Service.start();
  pair = await Pair.withImport(service);
  [lost, standIn] = [pair.primary, pair.backup];
  cutOff = (await pair.newCall()).id;
  await pair.reaches('failed-over');
  const { id } = await pair.newCall();
  await service.given(
    callConnects(id, pair.agentOfBackup),
    modifyObject(standIn, 'workflow', pair.regular, { description: 'By way of Hamburg' }),
  );
  before = textOf((await service.shown(`/v1/pools/${lost}`))['position']);
  trailBefore = (await service.shown(`/v1/pools/${lost}/audit-trail?limit=100&asOf=${before}`))['entries'];
  await service.given(
    ask('replace-pool', { failed: lost, replacement: built, site: 'Bonn' }),
    moveAgent(pair.agentOfPrimary, built, true),
  );
  const file = await service.when(recordExport(standIn, { owner: lost, fileName: 'for-bonn.zip' }));
  await service.given(
    importGroups(built, textOf(file.body['exportId']), { overwriteOwner: true }),
    ask('complete-replacement', { pool: built }),
    recordExport(standIn, { owner: lost, fileName: 'removed.zip', removeExported: true }),
    callArrives('afterwards', built, pair.regular),
    recordExport(built, { fileName: 'bonn.zip' }),
  );
});
afterAll(() => service.stop());

const typesIn = async (url: string): Promise<readonly unknown[]> =>
  entries((await service.shown(url))['entries']).map(({ type }) => type);

describe('Once a pool has taken the place of another', () => {
  it('a search finds both names, the lost one where its views answer', async () => {
    for (const pool of [lost, standIn, built]) {
      const { hits } = await service.shown(`/v1/search?q=${pool}`);
      expect(hits).toContainEqual({ kind: 'pool', id: pool, name: pool, pool });
    }
    expect((await service.shown(`/v1/search?q=${pair.regular}`))['hits']).toContainEqual(
      expect.objectContaining({ kind: 'object', id: pair.regular, pool: built }),
    );
  });

  it('the trail of each name ends or begins where the pool did, and has what concerns it', async () => {
    const trail = (pool: string): string => `/v1/pools/${pool}/audit-trail?limit=100`;
    const ofLost = await typesIn(trail(lost));
    expect(ofLost).toContain('OutageDeclared');
    expect(ofLost.at(-1)).toBe('PoolReplaced');
    const file = await service.get(`/v1/pools/${lost}/audit-trail`, { accept: 'text/csv' });
    expect(file.text).toContain('PoolReplaced');
    expect(file.text).not.toContain('ReplacementCompleted');
    for (const pool of [built, standIn]) {
      const types = await typesIn(trail(pool));
      expect(types).toEqual(
        expect.arrayContaining(['OutageDeclared', 'PoolReplaced', 'ReplacementCompleted']),
      );
    }
  });

  it('the trail of a moment before stays as it was, with the agents who were homed in the lost pool', async () => {
    const url = `/v1/pools/${lost}/audit-trail?limit=100`;
    expect((await service.shown(`${url}&asOf=${before}`))['entries']).toEqual(trailBefore);
    for (const pool of [lost, standIn, built]) {
      const trail = entries((await service.shown(`/v1/pools/${pool}/audit-trail?limit=100`))['entries']);
      const registered = trail.filter(({ type }) => type === 'AgentRegistered').map(({ data }) => data);
      expect(registered).toContainEqual(expect.objectContaining({ agent: pair.agentOfPrimary }));
    }
    expect(await typesIn(`/v1/pools/${built}/audit-trail?limit=100`)).toContain('AgentMoved');
  });

  it('each name lists the exports of its own pool', async () => {
    const namesOf = async (pool: string): Promise<readonly unknown[]> =>
      entries((await service.shown(`/v1/pools/${pool}/exports`))['exports']).map(({ fileName }) => fileName);
    expect(await namesOf(lost)).toEqual([null]);
    expect(await namesOf(built)).toEqual(['bonn.zip']);
    expect(await namesOf(standIn)).toEqual(expect.arrayContaining(['for-bonn.zip', 'removed.zip']));
    const compared = `/v1/pools/${built}/exports/compare?from=latest&to=record`;
    expect(await service.shown(compared)).toMatchObject({
      from: { pool: built, file: expect.stringContaining('bonn.zip') as unknown },
      created: 0,
      modified: 0,
      removed: 0,
    });
  });

  it('why, diff and replay answer for the moment that is asked', async () => {
    const why = (pool: string, more = ''): string =>
      `/v1/pools/${pool}/why?object=${pair.regular}&tool=managementShell${more}`;
    expect(await service.shown(why(built))).toMatchObject({ visible: true, object: { owner: built } });
    expect(await service.shown(why(lost))).toMatchObject({
      object: { owner: lost },
      ended: { replacedBy: built },
    });
    expect(await service.shown(why(standIn, `&asOf=${before}`))).toMatchObject({ object: { owner: lost } });
    expect(await service.shown(`/v1/pools/${built}/diff?from=${before}`)).toMatchObject({
      stage: { before: null, after: { stage: 'failed-back' } },
    });
    expect(await service.shown(`/v1/pools/${standIn}/diff?from=${before}`)).toMatchObject({
      stage: { before: { partnerStage: 'failed-over' }, after: { partnerStage: 'failed-back' } },
    });
    const after = textOf((await service.shown(`/v1/pools/${built}`))['position']);
    for (const range of [
      `from=0`,
      `from=0&to=${after}`,
      'from=0&order=happened',
      `from=${after}&to=${after}`,
    ])
      expect(await service.shown(`/v1/pools/${lost}/diff?${range}`)).toMatchObject({
        stage: { after: { stage: 'failed-over', partnerStage: 'normal' } },
        ended: { replacedBy: built },
      });
    expect(await service.shown(`/v1/pools/${lost}/diff?from=0&to=${before}`)).not.toHaveProperty('ended');
    const replay = await service.get(`/v1/pools/${built}/replay?from=${before}`);
    expect(replay.text).toContain('"ReplacementCompleted"');
    expect((await service.get(`/v1/pools/${lost}/replay`)).text).not.toContain('"ReplacementCompleted"');
  });

  it('lists of all pools have the two that stand, and those of before the two of then', async () => {
    const poolsIn = async (url: string): Promise<readonly unknown[]> =>
      entries((await service.shown(url))['pools']).map(({ fqdn }) => fqdn);
    for (const url of ['/v1/pools', '/v1/readiness']) {
      expect((await poolsIn(url)).toSorted()).toEqual([built, standIn].toSorted());
    }
    expect((await poolsIn(`/v1/pools?asOf=${before}`)).toSorted()).toEqual([lost, standIn].toSorted());
    const shown = entries((await service.shown('/v1/pools'))['pools']).find(({ fqdn }) => fqdn === built);
    expect(shown).toMatchObject({ lastExport: { exportId: expect.any(String) as unknown }, openCalls: 2 });
  });

  it('the report says which pool went down and which took its place, with the steps of the way', async () => {
    const { incidents } = await service.shown(`/v1/pools/${built}/incidents`);
    const [incident] = entries(incidents);
    expect(incident).toMatchObject({ pool: built, formerly: lost });
    const url = `/v1/incidents/${textOf(incident?.['id'])}`;
    const { steps } = await service.shown(url);
    const taken = entries(steps).map(({ id }) => id);
    expect(taken).toEqual(
      expect.arrayContaining([
        'replace-pool',
        'export-homeward',
        'import-homeward',
        'complete-replacement',
        'remove-copies',
      ]),
    );
    expect(taken).not.toContain('rescue-export');
    expect(await service.shown(`${url}/report`)).toMatchObject({ incident: { pool: built, formerly: lost } });
    for (const accept of ['text/markdown', 'text/html']) {
      const { status, text } = await service.get(`${url}/report`, { accept });
      expect(status).toBe(200);
      expect(text).toContain(`${lost} went down`);
      expect(text).toContain(`${built} took its place`);
      expect(text).toContain('Record that the new pool serves');
    }
  });

  it('calls of before are found under the new name, and are what they were', async () => {
    const ids = async (pool: string): Promise<readonly unknown[]> =>
      entries((await service.shown(`/v1/pools/${pool}/calls`))['calls']).map(({ callId }) => callId);
    expect(await ids(built)).toEqual(expect.arrayContaining([cutOff, 'afterwards']));
    expect(await ids(lost)).toContain(cutOff);
    expect(await ids(lost)).not.toContain('afterwards');
    expect(await service.shown(`/v1/calls/${cutOff}`)).toMatchObject({ pool: built, status: 'disconnected' });
    // That it has ended tells nothing new, whatever the pool is called by now.
    expect(await service.when(callEnds(cutOff))).toMatchObject({ status: 200, body: { events: [] } });
  });
});
