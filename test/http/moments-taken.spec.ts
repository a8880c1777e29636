/** Which operations take a moment, and what the others say: none passes over what it does not take. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { whyWithoutMoments } from '../../src/api/http/without-moments.js';
import { ask, callArrives, declareOutage } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

/** These take whatever address is asked for: probes and browsers come with parameters of their own. */
const probes = new Set([
  'health',
  'healthLiveness',
  'healthReadiness',
  'metrics',
  'sign-in',
  'sign-in-callback',
]);

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly parameters: readonly string[];
  readonly statuses: readonly string[];
}

let now = '2026-03-02T08:00:00.000Z';
let service: Service;
let pair: Pair;
let operations: readonly Operation[];
beforeAll(async () => {
  service = await Service.start({ clock: () => new Date(now) });
  pair = await Pair.withImport(service);
  const { paths } = await service.shown('/docs-json');
  operations = Object.entries(paths as JsonObject).flatMap(([path, methods]) =>
    Object.entries(methods as JsonObject).map(([method, operation]): Operation => {
      const { operationId, parameters = [], responses } = operation as JsonObject;
      return {
        method,
        path,
        id: textOf(operationId),
        parameters: entries(parameters).map(({ name }) => textOf(name ?? '')),
        statuses: Object.keys(responses as JsonObject),
      };
    }),
  );
});
afterAll(() => service.stop());

describe('An operation', () => {
  it('that reads takes both axes of time, or has its reason why not', () => {
    const reading = operations.filter(({ method, id }) => method === 'get' && !probes.has(id));
    expect(reading.length).toBeGreaterThan(40);
    const taken = Object.fromEntries(
      reading.map(({ id, parameters }) => [
        id,
        ['asOf', 'at'].filter((name) => parameters.includes(name)).join(' and ') || whyWithoutMoments[id],
      ]),
    );
    for (const { id } of reading)
      expect({ id, takes: taken[id] }).toEqual({ id, takes: whyWithoutMoments[id] ?? 'asOf and at' });
    expect(Object.keys(whyWithoutMoments).filter((id) => !(id in taken))).toEqual([]);
  });

  it('without a moment of its own refuses one with that reason', async () => {
    for (const { id, path, statuses } of operations) {
      const why = whyWithoutMoments[id];
      if (why === undefined) continue;
      const url = path.replace('{fqdn}', pair.primary).replace(/\{[a-z]+\}/i, 'pair');
      expect({ id, documented: statuses.includes('400') }).toEqual({ id, documented: true });
      for (const name of ['asOf', 'at']) {
        const { status, body } = await service.get(`${url}?q=x&from=0&${name}=1`);
        expect({ id, status, errors: body['errors'] }).toEqual({
          id,
          status: 400,
          errors: [{ pointer: `/${name}`, detail: `${name} is not taken by ${id}: ${why}.` }],
        });
      }
    }
  });
});

describe('An event at a moment', () => {
  it('is there once it was recorded, and once it had happened', async () => {
    now = '2026-03-02T10:00:00.000Z';
    await service.given(callArrives('c-1', pair.primary, pair.regular));
    now = '2026-03-02T11:00:00.000Z';
    const { body } = await service.when(
      ask('declare-outage', {
        ...declareOutage(pair.primary).body,
        occurredAt: '2026-03-02T10:30:00.000Z',
      }),
    );
    const id = textOf(entries(body['events'])[0]?.['id'] ?? '');
    const at = async (query: string) => {
      const { status, body: answer } = await service.get(`/v1/events/${id}?${query}`);
      return [status, answer['detail'] ?? (answer['entry'] as JsonObject)['type']];
    };
    now = '2026-03-02T12:00:00.000Z';
    expect(await at('at=2026-03-02T10:30:00Z')).toEqual([200, 'OutageDeclared']);
    expect(await at('at=2026-03-02T10:29:59Z')).toEqual([
      404,
      `The event "${id}" had not happened at that moment: it happened at 2026-03-02T10:30:00.000Z.`,
    ]);
    expect(await at('asOf=2026-03-02T10:45:00Z')).toEqual([
      404,
      expect.stringContaining('it was recorded at 2026-03-02T11:00:00.000Z, at position'),
    ]);
    expect(await at('asOf=2026-03-02T11:00:00Z&at=2026-03-02T10:50:00Z')).toEqual([200, 'OutageDeclared']);
    expect((await at('at=incident/1/outage'))[0]).toBe(400);
  });

  it('is as it was believed to be before it was retracted', async () => {
    const { entries: trail } = await service.shown(
      `/v1/pools/${pair.primary}/audit-trail?type=OutageDeclared`,
    );
    const id = textOf(entries(trail)[0]?.['id'] ?? '');
    const url = `/v1/events/${id}?asOf=2026-03-02T12:00:00Z`;
    const believed = await service.get(url);
    expect(entries(believed.body['causes'])).toHaveLength(1);
    now = '2026-03-02T13:00:00.000Z';
    await service.given(ask('retract', { eventId: id, reason: 'Another pool' }));
    const { entry } = await service.shown(`/v1/events/${id}`);
    expect(entry).toMatchObject({ retractedBy: { reason: 'Another pool' } });
    expect((await service.get(url)).text).toBe(believed.text);
  });
});
