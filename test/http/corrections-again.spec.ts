import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { fc, runs } from '../support/properties.js';
import { ask } from './support/commands.js';
import { entries } from './support/pair.js';
import { founding, histories, play, poolsOfPair } from './support/random-history.js';
import { Service, type Ask } from './support/service.js';

const pools = poolsOfPair(1);
const views = [
  ...pools.flatMap((pool) =>
    [
      '',
      '/visibility',
      '/editability',
      '/call-status',
      '/calls',
      '/exports',
      '/readiness',
      '/runbook',
      '/statements',
      '/incidents',
    ].map((view) => `/v1/pools/${pool}${view}`),
  ),
  '/v1/incidents',
  '/v1/agents/sip:kim-1@contoso.com/console',
  '/v1/agents/sip:lee-1@contoso.com/console',
];

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** What goes by positions: refusals count in the incident that had begun when they were recorded. */
const ofPosition = /^(asOf|position|.+Position|refusals|refused)$/;

/** The number of an incident that was retracted is not given again. */
const incidentId = /\b[0-9a-f]{12}-\d+\b/g;

/** Without positions; ids that the service makes up are alike. */
const shown = async (service: Service): Promise<readonly unknown[]> =>
  await Promise.all(
    views.map(async (url) => {
      const { text } = await service.get(url);
      return JSON.parse(
        text.replaceAll(uuid, 'an id').replaceAll(incidentId, 'an incident'),
        (key, value: unknown) => (ofPosition.test(key) ? undefined : value),
      ) as unknown;
    }),
  );

/** Refused only where what is told is no such fact: which pools are paired, or what Poolkeeper did. */
const stays = new Set(['registration-stays', 'only-facts-are-corrected']);

describe('For every history', () => {
  it('a command whose events are retracted, given again, leaves every view as if it was never mistaken', () =>
    fc.assert(
      fc.asyncProperty(histories([1], { withImports: true }), async (history) => {
        const at = new Date('2026-10-05T08:00:00.000Z');
        const clock = () => at;
        const service = await Service.start({ clock, store: openMemoryStore({ clock }) });
        try {
          await service.given(...founding(1));
          const given: { readonly command: Ask; readonly body: JsonObject }[] = [];
          await play(service, history, (command, status, body) => {
            if (status === 200 && entries(body['events']).length > 0) given.push({ command, body });
          });
          await service.caughtUp();
          const last = given.at(-1);
          if (last === undefined) return;
          const { command, body } = last;
          const believed = await shown(service);
          for (const { id } of entries(body['events']).toReversed()) {
            const answer = await service.when(ask('retract', { eventId: textOf(id), reason: 'Wrong' }));
            if (stays.has(textOf(answer.body['rule'] ?? ''))) return;
            expect({ command, status: answer.status }).toEqual({ command, status: 200 });
          }
          await service.given(command);
          expect({ command, views: await shown(service) }).toEqual({ command, views: believed });
        } finally {
          await service.stop();
        }
      }),
      { numRuns: runs(15) },
    ));
});
