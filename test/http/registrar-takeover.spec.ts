import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callArrives } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

let now = '2026-11-24T08:00:00.000Z';
let service: Service;
let pair: Pair;
const reading = 'registrar-takeover';

/** The pool goes down at nine; a call comes 299 seconds after that, one 300, and a failover completes an hour later. */
beforeAll(async () => {
  service = await Service.start({ clock: () => new Date(now) });
  pair = await Pair.withImport(service);
  now = '2026-11-24T09:00:00.000Z';
  await pair.reaches('outage');
  now = '2026-11-24T09:04:59.000Z';
  await service.given(callArrives('too-early', pair.primary, pair.regular));
  now = '2026-11-24T09:05:00.000Z';
  await service.given(callArrives('in-time', pair.primary, pair.regular));
});
afterAll(() => service.stop());

const compared = async (): Promise<JsonObject> => {
  const { readings } = await service.shown(`/v1/pools/${pair.primary}/readings/compare`);
  const found = entries(readings).find((one) => one['reading'] === reading);
  if (found === undefined) throw new Error('It is not compared.');
  return found;
};
const newCalls = async (): Promise<JsonObject | undefined> => {
  const { rows } = await service.shown(`/v1/pools/${pair.primary}/call-status`);
  return entries(rows).find(
    ({ row, when }) => row === 'new-calls' && JSON.stringify(when) === '{"imported":true}',
  );
};
const statusOf = async (call: string): Promise<unknown> =>
  (await service.shown(`/v1/calls/${call}`))['status'];

describe('What carries calls to the backup pool before failover', () => {
  it('is as written where nobody chose, and compared with what it may be besides', async () => {
    expect(await statusOf('too-early')).toBe('in-progress');
    expect(await newCalls()).not.toHaveProperty('before');
    const { inForce, otherwise } = await compared();
    expect(inForce).toBe('literal');
    expect(entries(otherwise)).toMatchObject([
      {
        choice: 'after-interval',
        differs: true,
        calls: {
          recorded: 0,
          otherwise: 1,
          lost: 1,
          differing: [
            {
              callId: 'too-early',
              otherwise: { at: '2026-11-24T09:04:59.000Z', because: 'inferred/registrar-takeover' },
            },
          ],
        },
      },
      { choice: 'none', differs: true, calls: { recorded: 0, otherwise: 2, lost: 2 } },
    ]);
  });

  it('holds as chosen for calls that arrive from then on', async () => {
    now = '2026-11-24T09:10:00.000Z';
    await service.given(ask('choose-reading', { pool: pair.primary, reading, choice: 'after-interval' }));
    expect(await newCalls()).toMatchObject({
      outcome: { call: 'connected', to: 'backup' },
      before: {
        at: '2026-11-24T09:05:00.000Z',
        outcome: { call: 'disconnected' },
        because: [],
        basis: 'inferred',
        inference: reading,
      },
    });
    expect(await statusOf('too-early')).toBe('in-progress');
    const late = callArrives('told-late', pair.primary, pair.regular);
    await service.given({ ...late, body: { ...late.body, occurredAt: '2026-11-24T09:01:00.000Z' } });
    expect(await service.shown('/v1/calls/told-late')).toMatchObject({
      status: 'disconnected',
      basis: 'inferred',
      inference: reading,
    });
  });

  it('is no other choice than those that there are', async () => {
    const { status, body } = await service.when(
      ask('choose-reading', { pool: pair.primary, reading, choice: 'always' }),
    );
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('after-interval');
  });
});
