import { expect } from '@jest/globals';
import { ask, callConnects, declareOutage } from '../../http/support/commands.js';
import { entries, Pair } from '../../http/support/pair.js';
import { keptBy, viewsOf } from '../support/bench.js';
import type { RuntimeCheck } from '../support/checks.js';
import { chokingOn, decide, letterOf, letters, lettersOf, pairOf, strange } from '../support/poison.js';
import { Gate, rebuilt } from '../support/rebuilding.js';

const position = expect.stringMatching(/^\d+$/) as unknown;

export function poisonChecks(check: RuntimeCheck): void {
  check(
    61,
    'what cannot be folded is tried as often as configured, ever later, and is a dead letter then',
    async (bench) => {
      const waited: number[] = [];
      const pause = async (milliseconds: number): Promise<void> => void waited.push(milliseconds);
      const retries = { attempts: 4, backoff: 100, pause };
      const { projections } = chokingOn('OutageDeclared');
      const pair = await Pair.registered(await bench.start({ projections, retries }));
      await bench.service.when(declareOutage(pair.primary));
      expect(await letters(bench.service, 2)).toMatchObject([{ attempts: 4 }, { attempts: 4 }]);
      // Twice for each of the two projections; the second try puts the state right, and does not wait.
      expect(waited.sort((one, other) => one - other)).toEqual([100, 100, 200, 200]);
    },
  );

  check(61, 'the next event is folded', async (bench) => {
    const { projections } = chokingOn('OutageDeclared');
    const pair = await Pair.registered(await bench.start({ projections }));
    const other = await Pair.registered(bench.service);
    await bench.service.when(declareOutage(pair.primary));
    await bench.service.given(ask('initiate-failover', { pool: other.primary }));
    expect(await bench.service.shown(`/v1/agents/${pair.agentOfPrimary}/console`)).toMatchObject({
      homeStage: 'outage',
    });
    expect(await bench.service.shown(`/v1/pools/${other.primary}`)).toMatchObject({ stage: 'failing-over' });
  });

  check(62, 'a dead letter names projection, event, error and attempts', async (bench) => {
    const { projections } = chokingOn('OutageDeclared');
    const pair = await Pair.registered(await bench.start({ projections }));
    await bench.service.when(declareOutage(pair.primary));
    const { id: part, stream } = await pairOf(bench.service, pair.primary);
    const expected = { part, error: 'ink has run out', attempts: 3, version: expect.any(Number) };
    const event = { type: 'OutageDeclared', stream, position };
    const both = (await letters(bench.service, 2)).map(({ projection }) => projection);
    expect(both.sort()).toEqual(['call-status', 'pair']);
    expect(await lettersOf(bench.service)).toMatchObject([
      { ...expected, event },
      { ...expected, event },
    ]);
    const { text } = await bench.service.get('/metrics');
    expect(text).toContain('poolkeeper_dead_letters{projection="pair"} 1');
    expect(text).toContain('poolkeeper_dead_letters{projection="exports"} 0');
    expect(await bench.service.get('/health')).toMatchObject({
      status: 200,
      body: { details: { views: { status: 'up', deadLetters: 2 } } },
    });
  });

  check(
    62,
    'its pair’s views show the last good state and say so; those of another pair go on',
    async (bench) => {
      const { projections } = chokingOn('OutageDeclared');
      const pair = await Pair.withImport(await bench.start({ projections }));
      const other = await Pair.registered(bench.service);
      const call = await pair.connectedCall();
      const before = await bench.service.shown(`/v1/pools/${pair.primary}/call-status`);
      await bench.service.when(declareOutage(pair.primary));
      await letters(bench.service, 2);
      const parked = {
        deadLetter: await letterOf(bench.service, 'pair'),
        position,
        reason: 'ink has run out',
      };
      const ofCalls = { ...parked, deadLetter: await letterOf(bench.service, 'call-status') };
      const url = `/v1/pools/${pair.primary}`;
      expect(await bench.service.shown(url)).toMatchObject({ stage: 'normal', parked });
      expect(await bench.service.shown(`${url}/call-status`)).toMatchObject({
        rows: before['rows'],
        totals: before['totals'],
        parked: ofCalls,
      });
      expect(await bench.service.shown(`/v1/calls/${call}`)).toMatchObject({
        status: 'connected',
        parked: ofCalls,
      });
      expect(await bench.service.shown(`${url}/calls`)).toMatchObject({
        calls: [{ callId: call }],
        parked: ofCalls,
      });
      expect(await bench.service.shown(`${url}/exports`)).not.toHaveProperty('parked');
      expect(await bench.service.shown(`${url}/visibility`)).toMatchObject({ parked });
      const all = entries((await bench.service.shown('/v1/pools'))['pools']);
      expect(all.filter((pool) => 'parked' in pool).map(({ fqdn }) => fqdn)).toEqual(
        [pair.primary, pair.backup].sort(),
      );
      await bench.service.given(ask('initiate-failover', { pool: other.primary }));
      const others = await bench.service.shown(`/v1/pools/${other.primary}`);
      expect(others).toMatchObject({ stage: 'failing-over' });
      expect(others).not.toHaveProperty('parked');
    },
  );

  check(
    62,
    'a query that comes while the state is put right waits, and never sees the half of it',
    async (bench) => {
      const { projections } = chokingOn('OutageDeclared');
      const pair = await Pair.registered(await bench.start({ projections }));
      const call = await pair.connectedCall();
      const gate = new Gate(bench.service.poolkeeper.store);
      await bench.service.when(declareOutage(pair.primary));
      let answered = false;
      const asked = bench.service.shown(`/v1/pools/${pair.primary}/calls?status=connected`).then((body) => {
        answered = true;
        return body;
      });
      await gate.reached;
      expect(answered).toBe(false);
      gate.open();
      expect(await asked).toMatchObject({ calls: [{ callId: call }], parked: { reason: 'ink has run out' } });
    },
  );

  check(62, 'it is so as of a moment beyond it, not before it, and after a restart', async (bench) => {
    const { projections } = chokingOn('OutageDeclared');
    const pair = await Pair.registered(await bench.start({ projections }));
    const before = String(bench.state.position);
    await bench.service.when(declareOutage(pair.primary));
    await letters(bench.service, 2);
    await bench.service.given({ name: 'initiate-failover', body: { pool: pair.primary } });
    const url = `/v1/pools/${pair.primary}`;
    const now = String(bench.state.position);
    const live = await viewsOf(bench.service, pair.primary);
    expect(await viewsOf(bench.service, pair.primary, now)).toEqual(live);
    expect(await bench.service.shown(`${url}?asOf=${before}`)).not.toHaveProperty('parked');
    await bench.start({ projections });
    await letters(bench.service, 2);
    expect(await viewsOf(bench.service, pair.primary)).toEqual(live);
    expect(await viewsOf(bench.service, pair.primary, now)).toEqual(live);
  });

  check(63, 'a retry folds it and everything after it, in order', async (bench) => {
    const choking = chokingOn('OutageDeclared');
    const pair = await Pair.withImport(await bench.start({ projections: choking.projections }));
    await pair.newCall();
    await pair.reaches('failing-over');
    await letters(bench.service, 2);
    const { gone } = await decide(bench.service, await letterOf(bench.service, 'call-status'), 'retry');
    expect(gone).toBe(false);
    choking.on = () => false;
    for (const projection of ['pair', 'call-status']) {
      const answer = await decide(
        bench.service,
        await letterOf(bench.service, projection),
        'retry',
        'more ink',
      );
      expect(answer).toMatchObject({ gone: true, deadLetter: null });
    }
    expect(await lettersOf(bench.service)).toEqual([]);
    const shown = await viewsOf(bench.service, pair.primary);
    expect(shown).toMatchObject([{ stage: 'failing-over' }, {}, {}, { totals: { disconnected: 1 } }]);
    expect(JSON.stringify(shown)).not.toContain('parked');
    expect(await bench.service.shown('/v1/verification')).toMatchObject({ faithful: true });
    await pair.in(bench.service).reaches('failed-over');
    expect(await bench.service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'failed-over' });
  });

  check(
    63,
    'once discarded every fold passes over it: live, as of, rebuilt, and after a restart',
    async (bench) => {
      const { projections } = chokingOn('OutageDeclared');
      const pair = await Pair.registered(await bench.start({ projections }));
      await pair.reaches('failing-over');
      const at = String(bench.state.position);
      await letters(bench.service, 2);
      const id = await letterOf(bench.service, 'pair');
      expect(await decide(bench.service, id, 'discard', 'a drill')).toMatchObject({
        gone: true,
        deadLetter: null,
      });
      expect((await lettersOf(bench.service)).map(({ projection }) => projection)).toEqual(['call-status']);
      const url = `/v1/pools/${pair.primary}`;
      const passedOver = async () => {
        for (const asOf of ['', `?asOf=${at}`]) {
          const shown = await bench.service.shown(url + asOf);
          expect(shown).toMatchObject({ stage: 'failing-over' });
          expect(shown).not.toHaveProperty('parked');
        }
      };
      await passedOver();
      expect(await rebuilt(bench.service, 'pair')).toMatchObject({ state: 'done' });
      await passedOver();
      await bench.start({ projections });
      await passedOver();
      expect(await bench.service.shown('/v1/verification')).toMatchObject({ faithful: true });
    },
  );

  check(63, 'who decided it is in the audit trail of the pair', async (bench) => {
    const { projections } = chokingOn('OutageDeclared');
    const pair = await Pair.registered(await bench.start({ projections }));
    const other = await Pair.registered(bench.service);
    await pair.reaches('outage');
    await letters(bench.service, 2);
    await decide(bench.service, await letterOf(bench.service, 'pair'), 'retry');
    await decide(bench.service, await letterOf(bench.service, 'pair'), 'discard', 'a drill');
    const trail = `/v1/pools/${pair.primary}/audit-trail?actor=lee@contoso.com`;
    expect(await bench.service.shown(trail)).toMatchObject({
      entries: [
        { type: 'DeadLetterRetried', data: { projection: 'pair', reason: null } },
        { type: 'DeadLetterDiscarded', data: { projection: 'pair', reason: 'a drill' } },
      ],
    });
    expect(
      await bench.service.shown(`/v1/pools/${other.primary}/audit-trail?actor=lee@contoso.com`),
    ).toMatchObject({
      entries: [],
    });
  });

  check(
    66,
    'an unknown type of event does not stop the others, and is shown in the audit trail',
    async (bench) => {
      const pair = await Pair.registered(await bench.start());
      const other = await Pair.registered(bench.service);
      const { stream } = await pairOf(bench.service, pair.primary);
      await bench.service.poolkeeper.store.append(
        stream,
        [strange('PoolPainted', 1, { colour: 'red' })],
        'any',
      );
      await letters(bench.service, 5);
      await other.reaches('outage');
      expect(await bench.service.shown(`/v1/pools/${other.primary}`)).toMatchObject({ stage: 'outage' });
      expect(await bench.service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({
        stage: 'normal',
        parked: { reason: expect.stringContaining('"PoolPainted"') as unknown },
      });
      expect(await bench.service.shown(`/v1/agents/${pair.agentOfPrimary}/console`)).toHaveProperty('parked');
      const { entries: trail } = await bench.service.shown(`/v1/pools/${pair.primary}/audit-trail`);
      expect(entries(trail).at(-1)).toMatchObject({
        type: 'PoolPainted',
        summary: expect.stringMatching(/^Not understood/) as unknown,
        data: { colour: 'red' },
      });
      expect(keptBy(bench.state, 'directory').size).toBe(1);
    },
  );

  check(85, 'a command on what is not understood is refused loudly, and nothing is stored', async (bench) => {
    const pair = await Pair.registered(await bench.start());
    const { id } = await pair.newCall();
    const { stream } = await pairOf(bench.service, pair.primary);
    const { store } = bench.service.poolkeeper;
    await store.append(stream, [strange('FailoverInitiated', 7, { pool: pair.primary })], 'any');
    await letters(bench.service, 5);
    const last = await store.lastPosition();
    for (const command of [declareOutage(pair.primary), callConnects(id, pair.agentOfBackup)]) {
      expect(await bench.service.when(command)).toMatchObject({
        status: 409,
        body: {
          type: 'urn:poolkeeper:problem:not-understood',
          detail: expect.stringMatching(/FailoverInitiated in schema version 7.*reads 1 to 1/) as unknown,
          stream,
        },
      });
    }
    expect(await store.lastPosition()).toBe(last);
  });

  check(
    85,
    'nor is the standing of a call guessed where an event of another call is not understood',
    async (bench) => {
      const pair = await Pair.registered(await bench.start());
      const { id } = await pair.newCall();
      const { id: pairId } = await pairOf(bench.service, pair.primary);
      await bench.service.poolkeeper.store.append(`call-${pairId}-other`, [strange('CallHummed')], 'any');
      await letters(bench.service, 2);
      expect(await bench.service.when(callConnects(id, pair.agentOfBackup))).toMatchObject({
        status: 409,
        body: { type: 'urn:poolkeeper:problem:not-understood', stream: `call-${pairId}-other` },
      });
      await decide(
        bench.service,
        await letterOf(bench.service, 'call-status'),
        'discard',
        'humming changes nothing',
      );
      await bench.service.given(callConnects(id, pair.agentOfBackup));
      expect(await bench.service.shown(`/v1/calls/${id}`)).toMatchObject({ status: 'connected' });
    },
  );
}
