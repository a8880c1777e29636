import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import {
  callArrives,
  callConnects,
  createWorkflow,
  declareOutage,
  registerAgent,
  registerPair,
} from './support/commands.js';
import { entries } from './support/pair.js';
import { Service, type Ask } from './support/service.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';
const kim = 'sip:kim@contoso.com';
const at = (time: string): string => `2026-03-02T${time}.000Z`;
const then = ({ name, body }: Ask, time: string): Ask => ({ name, body: { ...body, occurredAt: at(time) } });

let service: Service;
beforeEach(async () => {
  service = await Service.start();
  await service.given(
    then(registerPair(a, b), '08:00:00'),
    then(registerAgent(kim, a), '08:01:00'),
    then(createWorkflow(a, 'desk'), '08:02:00'),
    then(callArrives('talks', a, 'desk'), '09:00:00'),
    then(callConnects('talks', kim), '09:01:00'),
    then(callArrives('waits', a, 'desk'), '09:58:00'),
    then(declareOutage(a), '10:00:00'),
    then(callArrives('late', a, 'desk'), '10:07:00'),
    then(registerPair('c.contoso.com', 'd.contoso.com'), '08:00:00'),
  );
  await service.caughtUp();
});
afterEach(() => service.stop());

const span = { from: at('08:00:00'), to: at('12:00:00') };

const ask = (body: object, accept = 'application/json') =>
  service.send({
    method: 'POST',
    url: `/v1/pools/${a}/what-if`,
    headers: { 'content-type': 'application/json', accept },
    payload: JSON.stringify(body),
  });

const whatIf = async (edits: readonly unknown[], more: object = {}) =>
  await ask({ ...span, alternatives: [{ name: 'one', edits }], ...more });

async function idOf(type: string, pool = a): Promise<string> {
  const { entries: trail } = await service.shown(`/v1/pools/${pool}/audit-trail?type=${type}`);
  return textOf(entries(trail)[0]?.['id']);
}

const alternativeIn = (body: JsonObject): JsonObject => entries(body['alternatives'])[0] ?? {};

describe('What if', () => {
  it('tells the record, and each alternative beside it', async () => {
    const outage = await idOf('OutageDeclared');
    const { status, body, headers } = await ask({
      ...span,
      alternatives: [
        { name: 'as it was', edits: [] },
        { name: 'later', edits: [{ move: { event: outage, to: at('10:10:00') } }] },
        { name: 'never', edits: [{ drop: { event: outage } }] },
      ],
    });
    expect(status).toBe(200);
    expect(headers['cache-control']).toContain('no-store');
    expect(body).toMatchObject({
      pool: a,
      from: at('08:00:00'),
      to: at('12:00:00'),
      recorded: {
        stages: [
          { stage: 'normal', to: at('10:00:00') },
          { stage: 'outage', from: at('10:00:00'), to: at('12:00:00') },
        ],
        cutOff: 2,
        byStatement: { 'outage/in-progress-calls/1': 1, 'outage/new-calls/1': 1 },
        byResponseGroup: [{ id: 'desk', name: 'Callers of desk', owner: a, calls: 2 }],
        overTime: [
          { from: at('10:00:00'), to: at('10:05:00'), calls: 1 },
          { from: at('10:05:00'), to: at('10:10:00'), calls: 1 },
        ],
        reachedBackup: 0,
        undetermined: 0,
        basis: 'hypothetical',
      },
      alternatives: [
        {
          name: 'as it was',
          saved: 0,
          lost: 0,
          refused: [],
          contradicted: [],
          visibility: [],
          visibilityOverTime: [],
        },
        // "waits" is on record as cut off at ten: what became of it by ten past nobody knows.
        { name: 'later', saved: 2, lost: 0, outcome: { cutOff: 0, undetermined: 2 } },
        {
          name: 'never',
          saved: 2,
          lost: 0,
          outcome: { cutOff: 0, undetermined: 2, stages: [{ stage: 'normal' }] },
        },
      ],
    });
    expect(entries(entries(body['alternatives'])[2]?.['visibility'])).toMatchObject([
      { id: 'desk', before: { controlPanel: 'depends' }, after: { controlPanel: true } },
    ]);
    const [, later, never] = entries(body['alternatives']);
    const shown = { id: 'desk', before: { controlPanel: 'depends' }, after: { controlPanel: true } };
    expect(later).toMatchObject({
      visibility: [],
      visibilityOverTime: [{ ...shown, from: at('10:00:00'), to: at('10:10:00') }],
    });
    expect(never).toMatchObject({
      visibilityOverTime: [{ ...shown, from: at('10:00:00'), to: at('12:00:00') }],
    });
    expect(entries(later?.['editabilityOverTime'])).toMatchObject([
      { id: 'desk', from: at('10:00:00'), to: at('10:10:00'), because: expect.anything() },
    ]);
  });

  it('lets calls wait on where that is assumed', async () => {
    const edits = [{ move: { event: await idOf('OutageDeclared'), to: at('10:10:00') } }];
    const { body } = await whatIf(edits, { assume: 'still-waiting' });
    expect(alternativeIn(body)).toMatchObject({ saved: 0, lost: 0, outcome: { cutOff: 2, undetermined: 0 } });
  });

  it('takes moments by any name, and goes up to now', async () => {
    const outage = await idOf('OutageDeclared');
    for (const from of [outage, 'incident/1/outage', 'incident/last/outage', at('10:00:00')]) {
      const { status, body } = await ask({
        from,
        alternatives: [{ name: 'one', edits: [{ drop: { event: outage } }] }],
      });
      expect({ from, status }).toEqual({ from, status: 200 });
      expect(body).toMatchObject({ from: at('10:00:00'), recorded: { cutOff: 2 } });
    }
    expect(
      (await ask({ from: 'incident/1/outage+1m', alternatives: [{ name: 'one', edits: [] }] })).body,
    ).toMatchObject({
      recorded: { cutOff: 1 },
    });
  });

  it('stores nothing, and changes nothing that was known', async () => {
    const last = await service.poolkeeper.store.lastPosition();
    const before = await service.shown(`/v1/pools/${a}/call-status?asOf=${String(last)}`);
    await whatIf([{ drop: { event: await idOf('OutageDeclared') } }]);
    await whatIf([{ add: { command: 'initiate-failover', body: { pool: a }, at: at('10:20:00') } }]);
    expect(await service.poolkeeper.store.lastPosition()).toBe(last);
    expect(await service.shown(`/v1/pools/${a}/call-status?asOf=${String(last)}`)).toEqual(before);
  });

  it('tells progress in lines, the result last', async () => {
    const { headers, text } = await ask(
      { ...span, alternatives: [{ name: 'one', edits: [] }] },
      'application/x-ndjson',
    );
    expect(headers['content-type']).toContain('application/x-ndjson');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonObject);
    expect(lines[0]).toMatchObject({ progress: { part: 'reading', facts: 0 } });
    expect(lines.at(-1)).toMatchObject({ result: { pool: a, recorded: { cutOff: 2 } } });
    const wrong = await ask(
      { from: 'incident/9/outage', alternatives: [{ name: 'one', edits: [] }] },
      'application/x-ndjson',
    );
    expect(JSON.parse(wrong.text.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      problem: { status: 400, errors: [{ pointer: '/from' }] },
    });
  });

  it('ends its work when nobody waits for it any more', async () => {
    const gone = new AbortController();
    const requester = { signal: gone.signal, cut: () => undefined, bodyless: false };
    const request = {
      from: { kind: 'time', time: span.from } as const,
      to: null,
      alternatives: [{ name: 'one', edits: [] }],
      stillWaiting: false,
    };
    const parts: string[] = [];
    const asked = service.poolkeeper.whatIf.whatIf(a, request, requester, ({ part }) => {
      parts.push(part);
      gone.abort(new Error('The client has gone.'));
    });
    await expect(asked).rejects.toThrow('The client has gone.');
    expect(parts).toEqual(['reading']);
  });

  it('goes on for others when a client goes', async () => {
    const url = await service.listen();
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const request = httpRequest(new URL(`/v1/pools/${a}/what-if`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
    });
    request.on('response', (response) => {
      response.once('data', () => {
        response.destroy();
        resolve();
      });
    });
    request.on('error', () => resolve());
    request.end(JSON.stringify({ ...span, alternatives: [{ name: 'one', edits: [] }] }));
    await gone;
    // Whoever asks next is not kept waiting.
    expect((await whatIf([])).status).toBe(200);
  });
});

describe('Edits that are wrong', () => {
  const objectOf = (id: string) => ({ ...removalOf(id), name: id, properties: {} });
  const removalOf = (id: string) => ({ pool: b, kind: 'queue', id, tool: 'managementShell' });
  const pointers = async (edits: readonly unknown[], more: object = {}): Promise<readonly string[]> => {
    const { status, body } = await whatIf(edits, more);
    expect({ status, type: body['type'] }).toEqual({ status: 400, type: 'urn:poolkeeper:problem:invalid' });
    return entries(body['errors']).map(({ pointer }) => textOf(pointer));
  };
  const outage = { command: 'declare-outage', body: { pool: a } };

  it('are named: what names nothing, what lies outside, what is edited twice', async () => {
    const id = await idOf('OutageDeclared');
    const other = await idOf('PairRegistered', 'c.contoso.com');
    expect(
      await pointers([
        { drop: { event: 'no-such-event' } },
        { drop: { event: id } },
        { move: { event: id, to: at('10:10:00') } },
        { drop: { event: other } },
        { add: { ...outage, at: at('07:00:00') } },
        { add: { ...outage, at: '2999-01-01T00:00:00Z' } },
      ]),
    ).toEqual([
      '/alternatives/0/edits/0',
      '/alternatives/0/edits/2',
      '/alternatives/0/edits/3',
      '/alternatives/0/edits/4',
      '/alternatives/0/edits/5',
    ]);
    expect(await pointers([{ drop: { event: id } }], { to: at('09:00:00') })).toEqual([
      '/alternatives/0/edits/0',
    ]);
  });

  it('are named where they wait for each other', async () => {
    const importOf = (exportId: string, time: string) => ({
      add: { command: 'import-response-groups', body: { destination: b, exportId }, at: at(time) },
    });
    expect(await pointers([importOf('edit-1', '10:01:00'), importOf('edit-0', '10:02:00')])).toEqual([
      '/alternatives/0/edits/0',
    ]);
    expect(await pointers([importOf('edit-0', '10:01:00')])).toEqual(['/alternatives/0/edits/0']);
  });

  it('are named with the edit and the command where the body is wrong', async () => {
    const { body } = await whatIf([
      { add: { command: 'declare-outage', body: { pool: a }, at: at('10:30:00') } },
      { add: { command: 'declare-outage', body: { pool: 7 }, at: at('10:00:00') } },
    ]);
    expect(body['errors']).toMatchObject([
      {
        pointer: '/alternatives/0/edits/1/add/body/pool',
        detail: expect.stringContaining('in the body of declare-outage, which edit 1 adds'),
      },
    ]);
  });

  it('are none where a text only looks like the name of an edit', async () => {
    const arrives = (callId: string) => ({
      add: {
        command: 'report-call-arrived',
        body: { callId, pool: a, responseGroup: 'desk', caller: 'tel:+1555' },
        at: at('09:00:00'),
      },
    });
    const { status, body } = await whatIf([
      arrives('edit-0'),
      arrives('edit-7'),
      { add: { ...outage, body: { pool: a, reason: 'edit-2' }, at: at('09:30:00') } },
      { add: { command: 'create-object', body: objectOf('edit-9'), at: at('09:40:00') } },
      { add: { command: 'remove-object', body: removalOf('edit-9'), at: at('09:41:00') } },
      { add: { command: 'remove-object', body: removalOf('edit-8'), at: at('09:42:00') } },
    ]);
    expect(status).toBe(200);
    expect(alternativeIn(body)['refused']).toMatchObject([
      { edit: 5, rule: 'unknown', detail: expect.stringContaining('of remove-object, which edit 5 adds') },
    ]);
  });

  it('are named where they have no such form, or no such body', async () => {
    expect(
      await pointers([
        {},
        { drop: { event: 'x' }, move: { event: 'x', to: at('10:00:00') } },
        { drop: {} },
        { move: { event: 'x', to: 'soon' } },
        { add: { command: 'add-export', body: {}, at: at('10:00:00') } },
        { add: { command: 'declare-outage', body: { pool: 7 }, at: at('10:00:00') } },
        { add: { ...outage, body: { pool: a, occurredAt: at('10:00:00') }, at: at('10:00:00') } },
        { reading: { reading: 'calls-on-live-backup', choice: 'maybe' } },
        { drop: { event: 'x', why: 'so' } },
        'drop',
      ]),
    ).toEqual([
      '/alternatives/0/edits/0',
      '/alternatives/0/edits/1',
      '/alternatives/0/edits/2/drop/event',
      '/alternatives/0/edits/3/move/to',
      '/alternatives/0/edits/4/add/command',
      '/alternatives/0/edits/5/add/body/pool',
      '/alternatives/0/edits/6/add/body/occurredAt',
      '/alternatives/0/edits/7/reading/choice',
      '/alternatives/0/edits/8/drop/why',
      '/alternatives/0/edits/9',
    ]);
  });

  it('are named where there are too many', async () => {
    const edit = { add: { ...outage, at: at('10:00:00') } };
    expect(await pointers(Array.from({ length: 1_000 }, () => edit))).toEqual(['/alternatives/0/edits/100']);
    const alternatives = Array.from({ length: 11 }, (_, n) => ({ name: `n${n}`, edits: [] }));
    expect((await ask({ ...span, alternatives })).status).toBe(400);
    expect((await ask({ ...span, alternatives: [] })).status).toBe(400);
    expect(
      (
        await ask({
          ...span,
          alternatives: [
            { name: 'x', edits: [] },
            { name: 'x', edits: [] },
          ],
        })
      ).body,
    ).toMatchObject({
      errors: [{ pointer: '/alternatives/1/name' }],
    });
  });

  it('and moments that are no moments', async () => {
    const alternatives = [{ name: 'one', edits: [] }];
    const errorsOf = async (body: object) => entries((await ask({ alternatives, ...body })).body['errors']);
    expect(await errorsOf({ from: '2999-01-01T00:00:00Z' })).toMatchObject([{ pointer: '/from' }]);
    expect(await errorsOf({ ...span, to: '2999-01-01T00:00:00Z' })).toMatchObject([{ pointer: '/to' }]);
    expect(await errorsOf({ from: at('12:00:00'), to: at('08:00:00') })).toMatchObject([
      { pointer: '/from' },
    ]);
    expect(await errorsOf({ from: 'yesterday' })).toMatchObject([{ pointer: '/from' }]);
    expect(await errorsOf({})).toMatchObject([{ pointer: '/from' }]);
    const elsewhere = await service.send({
      method: 'POST',
      url: '/v1/pools/pool-x.contoso.com/what-if',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ ...span, alternatives }),
    });
    expect(elsewhere.status).toBe(404);
  });
});

describe('What callers and agents did is added too', () => {
  const lee = 'sip:lee@contoso.com';
  const add = (time: string, command: string, body: object) => ({ add: { command, body, at: at(time) } });
  const arrives = (time: string, callId: string, pool = a) =>
    add(time, 'report-call-arrived', { callId, pool, responseGroup: 'desk' });
  const connects = (time: string, callId: string, agent = kim) =>
    add(time, 'report-call-connected', { callId, agent });

  it('and decided by the same deciders on the state that it would have met', async () => {
    const { body } = await whatIf([
      arrives('09:30:00', 'more'),
      connects('09:31:00', 'more'),
      add('09:40:00', 'report-call-ended', { callId: 'more' }),
      arrives('09:50:00', 'stays'),
      arrives('10:03:00', 'lost'),
      connects('09:59:00', 'waits'),
    ]);
    // "waits" is cut off on record as it waits, and would have been as it talked; "stays" and "lost" come in addition.
    expect(alternativeIn(body)).toMatchObject({
      refused: [],
      saved: 1,
      lost: 2,
      outcome: { cutOff: 3, byResponseGroup: [{ id: 'desk', calls: 3 }] },
    });
  });

  it('and refused ones are named by their edit', async () => {
    const { body } = await whatIf([
      connects('09:30:00', 'nobody-called'),
      arrives('09:20:00', 'talks', 'c.contoso.com'),
      connects('09:59:00', 'waits', lee),
      add('09:10:00', 'register-agent', { agent: kim, homePool: b }),
      add('09:10:00', 'sign-in-agent', { agent: kim, pool: a, agentGroup: 'none' }),
      add('09:45:00', 'report-call-ended', { callId: 'talks' }),
      connects('09:46:00', 'talks'),
    ]);
    const refused = entries(alternativeIn(body)['refused']);
    expect(new Map(refused.map(({ edit, rule }) => [edit, rule]))).toEqual(
      new Map([
        [0, 'unknown'],
        [1, 'unknown'],
        [2, 'unknown'],
        [3, 'home-pool-is-constant'],
        [4, 'unknown'],
        [6, 'call-is-over'],
      ]),
    );
  });

  it('and meets who was added before it', async () => {
    const { body } = await whatIf([
      add('09:00:00', 'register-agent', { agent: lee, homePool: a }),
      add('09:05:00', 'move-agent', { agent: lee, homePool: b }),
      add('09:10:00', 'move-agent', { agent: lee, homePool: b }),
      connects('09:59:00', 'waits', lee),
    ]);
    // There is one move on record by then, of another time.
    expect(alternativeIn(body)).toMatchObject({ refused: [{ edit: 2, rule: 'recorded-otherwise' }] });
  });

  it('and leaves the other alternatives, and the record, alone', async () => {
    const alternatives = [
      { name: 'none', edits: [] },
      { name: 'one', edits: [arrives('09:50:00', 'stays')] },
      { name: 'none again', edits: [] },
      { name: 'one again', edits: [arrives('09:50:00', 'stays')] },
    ];
    const { body } = await ask({ ...span, alternatives });
    const [none, one, again, more] = entries(body['alternatives']);
    expect(none).toMatchObject({ outcome: body['recorded'], saved: 0, lost: 0 });
    expect({ ...again, name: 'none' }).toEqual(none);
    expect(one).toMatchObject({ lost: 1 });
    expect({ ...more, name: 'one' }).toEqual(one);
  });
});
