import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { ask, callArrives, createWorkflow, declareOutage, registerPair } from './support/commands.js';
import { twinsAsProcesses, twinsInThisProcess, type Instance, type Twins } from './support/instances.js';
import { entries } from './support/pair.js';
import type { Ask, Headers } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

const rounds = 5;

interface Told {
  readonly status: number;
  readonly text: string;
  readonly body: JsonObject;
}

async function told(instance: Instance, command: Ask, headers?: Headers): Promise<Told> {
  const answer = await instance.when(command, headers);
  if (answer === null) throw new Error(`${command.name} was not answered.`);
  return { ...answer, body: JSON.parse(answer.text) as JsonObject };
}

const hasHappened = ({ status, body }: Told): boolean => status === 200 && entries(body['events']).length > 0;

describe.each([
  ['in this process', twinsInThisProcess],
  ['in processes of their own', twinsAsProcesses],
])('Two instances on one EventStoreDB, %s,', (_where, startTwins) => {
  let twins: Twins;
  let one: Instance;
  let other: Instance;
  let positions: readonly string[] = [];
  beforeAll(async () => {
    twins = await startTwins();
    [one, other] = twins.both;
  });
  afterAll(() => twins.stop());

  /** The first is told to the one, the second to the other. */
  async function atOnce(...commands: readonly [Ask, Ask]): Promise<readonly [Told, Told]> {
    const answers = await Promise.all([told(one, commands[0]), told(other, commands[1])]);
    positions = [
      ...positions,
      ...answers.flatMap(({ body }) => (typeof body['position'] === 'string' ? [body['position']] : [])),
    ];
    return answers;
  }

  /** Tells whether it was the first. */
  async function exactlyOneHappens(...commands: readonly [Ask, Ask]): Promise<boolean> {
    const answers = await atOnce(...commands);
    const statuses = answers.map(({ status }) => status);
    expect({ commands, statuses: statuses.toSorted() }).toEqual({ commands, statuses: [200, 409] });
    expect(answers.filter(hasHappened)).toHaveLength(1);
    return hasHappened(answers[0]);
  }

  async function pairOfRound(name: string, round: number): Promise<readonly [string, string]> {
    const pools = [`${name}-a${round}.contoso.com`, `${name}-b${round}.contoso.com`] as const;
    expect(await told(one, registerPair(...pools))).toMatchObject({ status: 200 });
    return pools;
  }

  it('pair a pool with one pool only', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const wanted = `wanted-${round}.contoso.com`;
      await exactlyOneHappens(
        registerPair(wanted, `left-${round}.contoso.com`),
        registerPair(`right-${round}.contoso.com`, wanted),
      );
    }
  });

  it('give a name to one object only', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [pool] = await pairOfRound('names', round);
      await exactlyOneHappens(createWorkflow(pool, 'sales'), createWorkflow(pool, 'sales', true));
      const named = (id: string): Ask => {
        const command = createWorkflow(pool, id);
        return { ...command, body: { ...command.body, name: 'Service' } };
      };
      await exactlyOneHappens(named('service-1'), named('service-2'));
    }
  });

  it('take one of two stages that exclude each other', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [pool] = await pairOfRound('stages', round);
      const go = (name: string): Ask => ask(name, { pool });
      expect(await told(other, declareOutage(pool))).toMatchObject({ status: 200 });
      expect(await told(one, go('initiate-failover'))).toMatchObject({ status: 200 });
      const failedOver = await exactlyOneHappens(go('complete-failover'), go('fail-failover'));
      if (!failedOver) continue;
      expect(await told(other, go('failback'))).toMatchObject({ status: 200 });
      await exactlyOneHappens(go('complete-failback'), go('fail-failback'));
    }
  });

  it('record an outage once that both are told of', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [pool] = await pairOfRound('outages', round);
      const answers = await atOnce(declareOutage(pool), declareOutage(pool));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers.filter(hasHappened)).toHaveLength(1);
    }
  });

  it('give one answer to one idempotency key, and do it once', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [pool] = await pairOfRound('keys', round);
      await told(other, createWorkflow(pool, 'help-desk'));
      const key = { 'idempotency-key': `both ${round}` };
      const arrival = callArrives(`twice-${round}`, pool, 'help-desk');
      const [first, second] = await Promise.all([told(one, arrival, key), told(other, arrival, key)]);
      expect(first.status).toBe(200);
      expect(second.text).toBe(first.text);
      expect((await told(other, arrival, key)).text).toBe(first.text);
      const trail = await one.shown(
        `/v1/pools/${pool}/audit-trail?type=CallArrived&minPosition=${textOf(first.body['position'])}`,
      );
      expect(entries(trail['entries'])).toHaveLength(1);
    }
  });

  it('show the same once they have got to the same position', async () => {
    const last = positions.map(BigInt).reduce((most, position) => (position > most ? position : most), 0n);
    const { pools } = await one.shown(`/v1/pools?minPosition=${last}`);
    const names = entries(pools).map(({ fqdn }) => textOf(fqdn));
    expect(names.length).toBeGreaterThanOrEqual(rounds * 5);
    for (const view of ['', '/visibility', '/call-status', '/calls', '/audit-trail']) {
      for (const name of names) {
        const url = `/v1/pools/${name}${view}?minPosition=${last}`;
        expect({ url, shown: await other.shown(url) }).toEqual({ url, shown: await one.shown(url) });
      }
    }
  });

  it('keep one log that holds together', async () => {
    const [seenByOne, seenByOther] = [
      await one.shown('/v1/verification'),
      await other.shown('/v1/verification'),
    ];
    expect(seenByOne).toMatchObject({ whole: true, broken: null });
    expect(seenByOther).toMatchObject({ whole: true, broken: null, events: seenByOne['events'] });
  });
});
