import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callArrives, callConnects, signIn } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

let now = '2026-11-24T08:00:00.000Z';
let service: Service;
let pair: Pair;

const compared = async (query = ''): Promise<readonly JsonObject[]> => {
  const { readings } = await service.shown(`/v1/pools/${pair.primary}/readings/compare${query}`);
  return entries(readings);
};
const otherwiseOf = async (reading: string, query = ''): Promise<JsonObject> => {
  const found = (await compared(query)).find((one) => one['reading'] === reading);
  const [first] = entries(found?.['otherwise']);
  if (first === undefined) throw new Error(`Nothing is otherwise about ${reading}.`);
  return first;
};

/** The pool is stood in for, its back end comes back, and it fails again while its calls are on the backup pool. */
beforeAll(async () => {
  service = await Service.start({ clock: () => new Date(now) });
  pair = await Pair.withImport(service);
  await service.given(signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup));
  now = '2026-11-24T09:00:00.000Z';
  await pair.reaches('failed-over');
  now = '2026-11-24T09:30:00.000Z';
  await service.given(
    callArrives('waits-there', pair.primary, pair.regular),
    callArrives('masked-there', pair.primary, pair.anonymous),
    callArrives('talks-there', pair.primary, pair.regular),
    callConnects('talks-there', pair.agentOfBackup),
  );
  now = '2026-11-24T10:00:00.000Z';
  await pair.reaches('failed-back');
  now = '2026-11-24T10:30:00.000Z';
});
afterAll(() => service.stop());

describe('The document read otherwise', () => {
  it('names every reading, and for those that leave a choice what is in force and what is not', async () => {
    const all = await service.shown('/v1/readings');
    const readings = await compared();
    expect(readings.map((one) => one['reading'])).toEqual(entries(all['readings']).map((one) => one['id']));
    for (const one of readings) {
      const choices = entries(one['otherwise']).map((other) => other['choice']);
      expect(choices).not.toContain(one['inForce']);
      expect(choices.length === 0).toBe(one['inForce'] === null);
    }
  });

  it('keeps the sign-ins of those who were signed in when the pool went down', async () => {
    expect(await otherwiseOf('sign-in-after-failback')).toMatchObject({
      choice: 'kept',
      differs: true,
      calls: { recorded: 2, otherwise: 2, saved: 0, lost: 0, differing: [] },
      copies: [],
      signIns: [
        {
          agent: pair.agentOfPrimary,
          pool: pair.primary,
          agentGroup: pair.ownGroup,
          recorded: false,
          otherwise: true,
          since: '2026-11-24T10:00:00.000Z',
        },
      ],
      moments: [{ type: 'FailbackCompleted', signIns: 1, cutOff: { recorded: 0, otherwise: 0 } }],
      contradicted: [],
      basis: 'hypothetical',
    });
  });

  it('changes nothing about calls that no stage met on the live backup pool', async () => {
    expect(await otherwiseOf('calls-on-live-backup')).toMatchObject({ choice: 'survive', differs: false });
  });

  it('saves calls that the backup pool serves when the pool fails again', async () => {
    now = '2026-11-24T11:00:00.000Z';
    const again = await Pair.withImport(service);
    await again.reaches('failed-over');
    await service.given(
      callArrives('masked-again', again.primary, again.anonymous),
      callConnects('masked-again', again.agentOfBackup),
      callArrives('talks-again', again.primary, again.regular),
      callConnects('talks-again', again.agentOfBackup),
    );
    await again.reaches('failed-back');
    await service.given(ask('declare-outage', { pool: again.primary }));
    const url = `/v1/pools/${again.primary}/readings/compare`;
    const { readings } = await service.shown(url);
    const recorded = entries(readings).find((one) => one['reading'] === 'calls-on-live-backup');
    const [other] = entries(recorded?.['otherwise']);
    const { totals } = await service.shown(`/v1/pools/${again.primary}/call-status`);
    expect(totals).toMatchObject({ disconnected: 1 });
    expect(other).toMatchObject({
      choice: 'survive',
      differs: true,
      calls: {
        recorded: 1,
        otherwise: 0,
        saved: 1,
        lost: 0,
        differing: [
          {
            callId: 'masked-again',
            responseGroup: again.anonymous,
            recorded: { at: now, because: 'outage/connected-calls/2' },
            otherwise: null,
          },
        ],
      },
      moments: [{ type: 'OutageDeclared', cutOff: { recorded: 1, otherwise: 0 } }],
    });
    await service.given(
      ask('choose-reading', { pool: again.primary, reading: 'calls-on-live-backup', choice: 'survive' }),
    );
    const chosen = entries((await service.shown(url))['readings']).find(
      (one) => one['reading'] === 'calls-on-live-backup',
    );
    // What was decided when the stage began stays decided: had it been literal all along, nothing would be otherwise.
    expect(chosen).toMatchObject({ inForce: 'survive', otherwise: [{ choice: 'literal', differs: false }] });
  });

  it('tells which calls another takeover of the registrar would have carried', async () => {
    now = '2026-11-24T12:00:00.000Z';
    const third = await Pair.withImport(service);
    await third.reaches('outage');
    now = '2026-11-24T12:02:00.000Z';
    await service.given(callArrives('soon', third.primary, third.regular));
    now = '2026-11-24T12:08:00.000Z';
    await service.given(callArrives('later', third.primary, third.regular));
    const { readings } = await service.shown(`/v1/pools/${third.primary}/readings/compare`);
    const takeover = entries(readings).find((one) => one['reading'] === 'registrar-takeover');
    const cutOff = (callId: string, at: string) => ({
      callId,
      responseGroup: third.regular,
      recorded: null,
      otherwise: { at, because: 'inferred/registrar-takeover' },
    });
    const soon = cutOff('soon', '2026-11-24T12:02:00.000Z');
    const later = cutOff('later', '2026-11-24T12:08:00.000Z');
    expect(takeover).toMatchObject({
      inForce: 'literal',
      otherwise: [
        {
          choice: 'after-interval',
          differs: true,
          calls: { recorded: 0, otherwise: 1, lost: 1, differing: [soon] },
        },
        {
          choice: 'none',
          differs: true,
          calls: { recorded: 0, otherwise: 2, lost: 2, differing: [soon, later] },
        },
      ],
    });
  });

  it('as of a moment, or at one, tells of what was before', async () => {
    const early = encodeURIComponent('2026-11-24T09:15:00.000Z');
    expect(await otherwiseOf('sign-in-after-failback', `?at=${early}`)).toMatchObject({ differs: false });
    expect(await otherwiseOf('sign-in-after-failback', `?asOf=${early}`)).toMatchObject({ differs: false });
    const before = encodeURIComponent('2026-11-23T00:00:00.000Z');
    for (const one of await compared(`?at=${before}`)) expect(one['otherwise']).toEqual([]);
  });

  it('has an entity tag that changes with the log, and refuses pools and moments that are not there', async () => {
    const url = `/v1/pools/${pair.primary}/readings/compare`;
    const { headers } = await service.get(url);
    expect((await service.get(url, { 'if-none-match': String(headers['etag']) })).status).toBe(304);
    expect((await service.get('/v1/pools/nowhere.contoso.com/readings/compare')).status).toBe(404);
    expect((await service.get(`${url}?at=2099-01-01T00:00:00Z`)).status).toBe(400);
  });
});
