/** What commands that write several streams say before and afterwards: each event that they store, and in which stream. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import type { StoredEvent } from '../../src/store/port.js';
import {
  ask,
  callArrives,
  createWorkflow,
  declareOutage,
  importGroups,
  recordExport,
  registerPair,
  signIn,
} from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { preview } from './support/preview.js';
import { Service, type Ask } from './support/service.js';

const third = 'oslo.contoso.com';
const fourth = 'bergen.contoso.com';
let service: Service;
let pair: Pair;
beforeEach(async () => {
  service = await Service.start();
  pair = await Pair.withImport(service);
});
afterEach(() => service.stop());

/** Streams that nobody is shown: what they hold follows from the others. */
const unshown = /^(pairings|receipt-)/;

const storedAfter = async (position: bigint | null): Promise<readonly StoredEvent[]> => {
  const stored: StoredEvent[] = [];
  for await (const page of service.poolkeeper.store.readAll({ after: position ?? 0n })) stored.push(...page);
  return stored;
};

const inOrder = (events: readonly unknown[]): readonly string[] =>
  events.map((event) => JSON.stringify(event)).sort();

/** How all pools show their copies: with which tools, by kind, id and host. */
async function copies(view: string): Promise<ReadonlyMap<string, string>> {
  const { pools } = await service.shown('/v1/pools');
  const seen = new Map<string, string>();
  for (const { fqdn } of entries(pools)) {
    const { objects } = await service.shown(`/v1/pools/${textOf(fqdn)}/${view}`);
    for (const { parent, kind, id, tools } of entries(objects))
      seen.set(`${textOf(parent)} ${textOf(kind)} ${textOf(id)}`, JSON.stringify(tools));
  }
  return seen;
}

const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key)).sort();

const named = (effects: unknown): readonly string[] =>
  entries(effects)
    .map(({ parent, kind, id }) => `${textOf(parent)} ${textOf(kind)} ${textOf(id)}`)
    .sort();

/** Previews a command and gives it: both say what is then in the log. Returns the effects, and the types in their order. */
async function saysWhatItStores(command: Ask, key = 'key-1') {
  const before = { visibility: await copies('visibility'), editability: await copies('editability') };
  const end = await service.poolkeeper.store.lastPosition();
  const headers = { 'idempotency-key': key };
  const { status, body } = await preview(service, command, headers);
  expect({ status, outcome: body['outcome'] }).toEqual({ status: 200, outcome: 'accepted' });
  expect(await service.poolkeeper.store.lastPosition()).toBe(end);
  const answer = await service.when(command, headers);
  expect(answer).toMatchObject({ status: 200 });
  const stored = (await storedAfter(end)).filter(({ stream }) => !unshown.test(stream));
  const told = stored.map(({ type, data, stream }) => ({ type, data, stream }));
  const { stream: own } = answer.body;
  const placed = (events: unknown) =>
    entries(events).map(({ type, data, stream = own ?? '' }) => ({ type, data, stream }));
  const answered = placed(answer.body['events']);
  expect(inOrder(answered)).toEqual(inOrder(told));
  expect(placed(body['events'])).toEqual(answered);
  expect((await service.when(command, headers)).text).toBe(answer.text);
  const effects = body['effects'] as JsonObject;
  for (const view of ['visibility', 'editability'] as const) {
    const changed = differing(before[view], await copies(view));
    expect({ view, copies: named(effects[view]) }).toEqual({ view, copies: changed });
  }
  return { effects, types: answered.map(({ type }) => type), answer: answer.body };
}

describe('A command that writes several streams says what it stores, before and afterwards', () => {
  it('where pools of two pairs are paired', async () => {
    await service.given(
      signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup),
      callArrives('before', pair.primary, pair.regular),
      ask('unpair', { pool: pair.primary }),
      registerPair(third, fourth),
      createWorkflow(third, 'help'),
    );
    expect(await saysWhatItStores(ask('unpair', { pool: third }), 'key-0')).toMatchObject({
      types: ['PairEnded'],
    });
    const { types, effects } = await saysWhatItStores(registerPair(pair.primary, third));
    expect(types).toEqual(['PairRegistered', 'PoolLeft', 'PoolLeft']);
    // They stay in their stage, with what they host.
    expect(effects).toEqual({
      visibility: [],
      editability: [],
      agentConsole: [],
      calls: { cutOff: 0, byStatement: {}, byResponseGroup: [] },
    });
    // And the first again with its first partner, in the stream of that pair.
    await service.given(ask('unpair', { pool: pair.primary }));
    const again = await saysWhatItStores(registerPair(pair.primary, pair.backup), 'key-2');
    expect(again.types).toEqual(['PairRegistered', 'PoolLeft']);
    expect(again.effects).not.toHaveProperty('stage');
  });

  it('where one of them is new', async () => {
    await service.given(ask('unpair', { pool: pair.primary }));
    const { types, effects } = await saysWhatItStores(registerPair(pair.primary, third));
    expect(types).toEqual(['PairRegistered', 'PoolLeft']);
    expect(effects).toMatchObject({ stage: { pool: third, from: null, to: 'normal' } });
  });

  it('where the partner was given up, whose pair ends with it', async () => {
    const { body } = await service.when(recordExport(pair.primary));
    await service.given(
      declareOutage(pair.primary),
      ask('initiate-failover', { pool: pair.primary }),
      ask('complete-failover', { pool: pair.primary }),
      importGroups(pair.backup, textOf(body['exportId']), { overwriteOwner: true }),
    );
    const { types } = await saysWhatItStores(registerPair(pair.backup, third));
    expect(types).toEqual(['PairRegistered', 'PairEnded', 'PoolLeft']);
    await service.given(ask('close-incident', { pool: pair.primary }));
    await service.given(
      ask('move-agent', { agent: pair.agentOfPrimary, homePool: pair.backup, force: true }),
    );
    const retired = await saysWhatItStores(ask('retire-pool', { pool: pair.primary }), 'key-2');
    expect(retired.types).toEqual(['PoolRetired']);
    // A new pool under its name: nothing of the old one stands in its way.
    const anew = await saysWhatItStores(registerPair(pair.primary, fourth), 'key-3');
    expect(anew.effects).toMatchObject({ stage: { pool: pair.primary, from: null, to: 'normal' } });
  });

  it('where a pool takes the place of another', async () => {
    await pair.reaches('failed-over');
    const { types } = await saysWhatItStores(
      ask('replace-pool', { failed: pair.primary, replacement: third }),
    );
    expect(types).toEqual(['PoolReplaced']);
  });

  it('where a site with pools of two pairs fails', async () => {
    const site = 'Ulm';
    const inUlm = (first: string, second: string): Ask =>
      ask('register-pair', { pools: [{ fqdn: first, site }, { fqdn: second }] });
    await service.given(
      inUlm('ulm-1.contoso.com', 'kiel-1.contoso.com'),
      inUlm('ulm-2.contoso.com', 'kiel-2.contoso.com'),
    );
    const { types } = await saysWhatItStores(ask('declare-site-outage', { site }));
    expect(types).toEqual(['OutageDeclared', 'OutageDeclared']);
  });
});
