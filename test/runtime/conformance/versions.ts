import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { JsonObject } from '../../../events/envelope.js';
import { allProjections, projectionNames } from '../../../src/runtime/projections/state/projections.js';
import { Pair } from '../../http/support/pair.js';
import type { Service } from '../../http/support/service.js';
import { without } from '../../support/without.js';
import { viewsOf } from '../support/bench.js';
import type { RuntimeCheck } from '../support/checks.js';
import { strange } from '../support/poison.js';
import { ended, rebuilt } from '../support/rebuilding.js';
import { textOf } from '../../../examples/generator/text-of.js';

const events = join(import.meta.dirname, '..', '..', 'events');

interface Golden {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
}

const golden = (file: string): readonly Golden[] =>
  readFileSync(join(events, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Golden);

const pairId = '17ded43c4034';

function streamOf({ type, data }: Golden): string {
  if (type === 'PoolsPaired' || type === 'PoolsUnpaired') return 'pairings';
  if (type === 'PairUnregistered' || type === 'PairEnded') return `pair-${textOf(data['pairId'])}`;
  if (type.startsWith('DeadLetter')) return 'dead-letters';
  if (type === 'CommandRefused') return `refusals-${pairId}`;
  if (type.startsWith('Command')) return 'receipt-digest';
  if (data['callId'] !== undefined) return `call-${pairId}-${textOf(data['callId'])}`;
  return data['agent'] === undefined ? `pair-${pairId}` : `agent-${textOf(data['agent'])}`;
}

/** What the golden events show, without what differs from store to store. */
async function goldenViews(service: Service): Promise<unknown> {
  const agent = await service.shown('/v1/agents/sip:kim@contoso.com/console');
  return [...(await viewsOf(service, 'pool-a.contoso.com')), without(agent, 'position', 'asOf')];
}

export function versionChecks(check: RuntimeCheck): void {
  check(
    84,
    'every event version ever written folds to the documented state, live and rebuilt',
    async (bench) => {
      const service = await bench.start();
      for (const event of [...golden('golden.ndjson'), ...golden('golden-earlier.ndjson')]) {
        const { type, schemaVersion, data } = event;
        await service.poolkeeper.store.append(streamOf(event), [strange(type, schemaVersion, data)], 'any');
      }
      await service.caughtUp();
      const documented = JSON.parse(readFileSync(join(events, 'golden-state.json'), 'utf8')) as unknown;
      expect(await goldenViews(service)).toEqual(documented);
      for (const name of projectionNames) await rebuilt(service, name);
      expect(await goldenViews(service)).toEqual(documented);
      expect(await service.shown('/v1/dead-letters')).toEqual({ deadLetters: [] });
    },
  );

  check(
    58,
    'a projection of a new version is folded from the log, the others go on from their snapshots',
    async (bench) => {
      const pair = await Pair.registered(await bench.start());
      await pair.reaches('outage');
      const { pair: current } = allProjections;
      const newer = { ...current, version: current.version + 1 };
      await bench.start({ projections: { ...allProjections, pair: newer } });
      expect(await bench.service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'outage' });
      expect(await bench.service.shown('/v1/projections/pair')).toMatchObject({
        version: newer.version,
        staleVersion: null,
        rebuild: { state: 'none' },
      });
      expect(await bench.service.shown('/v1/verification')).toMatchObject({ faithful: true });
    },
  );

  check(
    73,
    'where a new version can show the state of the old one, that answers until the new one is folded',
    async (bench) => {
      const pair = await Pair.registered(await bench.start());
      await pair.reaches('outage');
      await bench.stop();
      const { pair: current } = allProjections;
      const { version } = current;
      const newer = { ...current, version: version + 1, readable: [version] };
      const gate = await bench.startGated({ projections: { ...allProjections, pair: newer } });
      await gate.reached;
      const url = `/v1/pools/${pair.primary}`;
      await pair.in(bench.service).reaches('failed-over');
      expect(await bench.service.shown(url)).toMatchObject({ stage: 'outage', stale: { version } });
      expect(await bench.service.shown(`${url}/call-status`)).toMatchObject({ stage: 'failed-over' });
      gate.open();
      expect(await ended(bench.service, 'pair')).toMatchObject({
        state: 'done',
        startedBy: 'poolkeeper',
      });
      const shown = await bench.service.shown(url);
      expect(shown).toMatchObject({ stage: 'failed-over' });
      expect(shown).not.toHaveProperty('stale');
      await bench.start();
      // The snapshots of the old version are gone: this one folds its own again.
      expect(await bench.service.shown(url)).toMatchObject({ stage: 'failed-over' });
    },
  );
}
