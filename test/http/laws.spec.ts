import { expect, describe, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import { entries } from './support/pair.js';
import { founding, histories, play, poolsOfPair } from './support/random-history.js';
import { Service, type Ask } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

const clock = () => new Date();
const settings = { numRuns: runs(12), seed: 20131019 };
const pairs = [1, 2];

async function inService(work: (service: Service, table: MemoryTable) => Promise<void>): Promise<void> {
  const table = new MemoryTable();
  const service = await Service.start({ store: openMemoryStore({ clock, table }) });
  try {
    for (const pair of pairs) await service.given(...founding(pair));
    await work(service, table);
  } finally {
    await service.stop();
  }
}

const poolViews = [
  '',
  '/visibility',
  '/editability',
  '/call-status',
  '/calls?limit=1000',
  '/audit-trail?limit=1000',
];
const views: readonly string[] = [
  '/v1/pools',
  ...pairs.flatMap(poolsOfPair).flatMap((pool) => poolViews.map((view) => `/v1/pools/${pool}${view}`)),
  ...pairs.flatMap((pair) => [
    `/v1/agents/sip:kim-${pair}@contoso.com/console`,
    `/v1/agents/sip:lee-${pair}@contoso.com/console`,
    ...[1, 2, 3, 4].map((number) => `/v1/calls/call-${pair}-${number}`),
  ]),
];

/** Every view, without the moment that it names. */
async function everything(
  service: Service,
  asOf: string | null = null,
): Promise<Readonly<Record<string, unknown>>> {
  const shown: Record<string, unknown> = {};
  for (const url of views) {
    const moment = asOf === null ? '' : `${url.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(asOf)}`;
    const { status, body } = await service.get(url + moment);
    shown[url] = status === 200 ? withoutMoment(body) : status;
  }
  return shown;
}

const withoutMoment = ({ asOf: _asOf, position: _position, ...content }: JsonObject): JsonObject => content;

const lists = ['objects', 'calls', 'entries', 'rows', 'pools', 'history'];

function entriesWithoutReason(url: string, view: JsonObject): readonly unknown[] {
  const reasonless = lists
    .flatMap((list) => entries(view[list]))
    .filter(({ because }) => !Array.isArray(because));
  return reasonless.map((entry) => ({ url, entry }));
}

describe('Whatever is asked of the service', () => {
  it('the same command again changes nothing: no events, or the same refusal', () =>
    fc.assert(
      fc.asyncProperty(histories([1], { withImports: true }), (history) =>
        inService(async (service) => {
          await play(service, history, async (command, status) => {
            const again = await service.when(command);
            if (command.name === 'place-call-on-behalf' && status === 200) {
              expect(again.status).toBe(200);
            } else {
              expect({ command, status: again.status }).toEqual({ command, status });
              if (status === 200) expect(again.body).toMatchObject({ events: [] });
            }
          });
        }),
      ),
      settings,
    ));

  it('it never answers 5xx, every entry of every view says why, and the hash chain is whole', () =>
    fc.assert(
      fc.asyncProperty(histories(pairs, { withImports: true }), (history) =>
        inService(async (service) => {
          await play(service, history, (command, status) =>
            expect({ command, fine: [200, 400, 404, 409].includes(status) }).toEqual({ command, fine: true }),
          );
          for (const url of views) {
            const { status, body } = await service.get(url);
            expect([200, 404]).toContain(status);
            expect(entriesWithoutReason(url, body)).toEqual([]);
          }
          expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, broken: null });
        }),
      ),
      settings,
    ));

  it('each call reported is in exactly one status, and each cut-off has one cause', () =>
    fc.assert(
      fc.asyncProperty(histories(pairs, { withImports: true }), (history) =>
        inService(async (service) => {
          await play(service, history);
          for (const pool of pairs.flatMap(poolsOfPair)) {
            const { totals } = await service.shown(`/v1/pools/${pool}/call-status`);
            const { calls } = await service.shown(`/v1/pools/${pool}/calls?limit=1000`);
            const of = (status: string): number =>
              entries(calls).filter((call) => call['status'] === status).length;
            const { disconnectedByStatement, contradicted = 0, ...counts } = totals as JsonObject;
            expect(counts).toEqual({
              inProgress: of('in-progress'),
              connected: of('connected'),
              ended: of('ended'),
              disconnected: of('disconnected'),
              reported: entries(calls).length,
              ...(entries(calls).length === 0 ? { nothingReported: true } : {}),
            });
            // They are counted as they went on.
            expect(Number(contradicted)).toBeLessThanOrEqual(of('connected') + of('ended'));
            const causes: readonly (JsonValue | undefined)[] = Object.values(disconnectedByStatement ?? {});
            expect(causes.reduce<number>((sum, count) => sum + Number(count), 0)).toBe(of('disconnected'));
          }
        }),
      ),
      settings,
    ));

  it('without import no call waits and no anonymous call is connected once the pool is failed over', () =>
    fc.assert(
      fc.asyncProperty(histories([1], { withImports: false }), (history) =>
        inService(async (service) => {
          await play(service, history, async () => {
            for (const pool of poolsOfPair(1)) {
              const { stage } = await service.shown(`/v1/pools/${pool}`);
              if (stage !== 'failed-over') continue;
              const { calls } = await service.shown(`/v1/pools/${pool}/calls?limit=1000`);
              const impossible = entries(calls).filter(
                ({ status, anonymous }) =>
                  status === 'in-progress' || (status === 'connected' && anonymous === true),
              );
              expect(impossible).toEqual([]);
            }
          });
        }),
      ),
      settings,
    ));
});

describe('Whatever has happened', () => {
  it('as of now is the live view, and a service that starts anew on the log shows the same', () =>
    fc.assert(
      fc.asyncProperty(histories(pairs, { withImports: true }), (history) =>
        inService(async (service, table) => {
          await play(service, history);
          const live = await everything(service);
          const position = String(await service.poolkeeper.store.lastPosition());
          expect(await everything(service, position)).toEqual(live);
          const rebuilt = await Service.start({ store: openMemoryStore({ clock, table }) });
          expect(await everything(rebuilt)).toEqual(live);
          await rebuilt.stop();
        }),
      ),
      { ...settings, numRuns: runs(10) },
    ));

  it('as of a position is what a service knew that had read no further, and stays so', () =>
    fc.assert(
      fc.asyncProperty(histories(pairs, { withImports: true }), fc.nat(), (history, anywhere) =>
        inService(async (service, table) => {
          const founded = Number(await service.poolkeeper.store.lastPosition());
          const half = Math.floor(history.length / 2);
          await play(service, history.slice(0, half));
          const last = Number(await service.poolkeeper.store.lastPosition());
          const position = founded + (anywhere % (last - founded + 1));
          const past = await everything(service, String(position));

          const young = new MemoryTable();
          for (const row of table.rows.slice(0, position)) young.insert(row);
          const knew = await Service.start({ store: openMemoryStore({ clock, table: young }) });
          expect(past).toEqual(await everything(knew));
          await knew.stop();

          await play(service, history.slice(half));
          expect(await everything(service, String(position))).toEqual(past);
        }),
      ),
      { ...settings, numRuns: runs(10) },
    ));
});

describe('A pair whose pools change roles', () => {
  it('shows the same as its mirror image', () =>
    fc.assert(
      fc.asyncProperty(histories([1], { withImports: true }), async (history) => {
        const [one, other] = poolsOfPair(1);
        const swapped = (text: string): string =>
          text.replaceAll(one, 'swapped').replaceAll(other, one).replaceAll('swapped', other);
        const mirrored = (command: Ask): Ask => JSON.parse(swapped(JSON.stringify(command))) as Ask;
        const mirror = await Service.start();
        await mirror.given(...founding(1).map(mirrored));
        await inService(async (service) => {
          const exports: [string, string][] = [];
          const statuses: [number, number][] = [];
          const viaExports = (command: Ask): Ask => {
            const text = exports.reduce(
              (sum, [here, there]) => sum.replaceAll(here, there),
              JSON.stringify(command),
            );
            return mirrored(JSON.parse(text) as Ask);
          };
          await play(service, history, async (command, status) => {
            const answer = await mirror.when(viaExports(command));
            statuses.push([status, answer.status]);
            const { exportId } = answer.body;
            if (command.name !== 'record-export' || typeof exportId !== 'string') return;
            const { entries: trail } = await service.shown(
              `/v1/pools/${one}/audit-trail?type=ResponseGroupsExported&limit=1000`,
            );
            const { data } = entries(trail).at(-1) ?? {};
            exports.push([textOf((data as JsonObject)['exportId']), exportId]);
          });
          expect(statuses.filter(([here, there]) => here !== there)).toEqual([]);
          for (const [here, there] of [
            [one, other],
            [other, one],
          ]) {
            const totals = async (at: Service, pool = ''): Promise<unknown> =>
              (await at.shown(`/v1/pools/${pool}/call-status`))['totals'];
            expect(await totals(service, here)).toEqual(await totals(mirror, there));
            const stage = async (at: Service, pool = ''): Promise<unknown> =>
              (await at.shown(`/v1/pools/${pool}`))['stage'];
            expect(await stage(service, here)).toBe(await stage(mirror, there));
          }
        });
        await mirror.stop();
      }),
      { ...settings, numRuns: runs(10) },
    ));
});
