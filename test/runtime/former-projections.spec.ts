/** `pair` took the place of three projections: what clients, the log and a data folder say of those keeps its meaning. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../events/envelope.js';
import { deadLettersStream } from '../../events/streams.js';
import { declareOutage } from '../http/support/commands.js';
import { entries, Pair } from '../http/support/pair.js';
import type { EventToAppend } from '../../src/store/port.js';
import { newId, until } from '../store/support/checks.js';
import { RuntimeBench } from './support/bench.js';
import { chokingOn, letters, lettersOf, strange } from './support/poison.js';
import { abortRebuild, askRebuild, ended } from './support/rebuilding.js';

let bench: RuntimeBench;
beforeEach(async () => {
  bench = await RuntimeBench.open('sqlite');
});
afterEach(() => bench.dispose());

describe.each(['lifecycle', 'visibility', 'editability'])('The former projection %s', (former) => {
  it('is a name of pair for clients, and is not listed', async () => {
    await Pair.registered(await bench.start());
    const { service } = bench;
    expect(await askRebuild(service, former)).toMatchObject({ status: 202, body: { name: 'pair' } });
    expect(await ended(service, 'pair')).toMatchObject({ state: 'done' });
    expect(await service.shown(`/v1/projections/${former}`)).toMatchObject({
      name: 'pair',
      rebuild: { state: 'done' },
    });
    expect(await abortRebuild(service, former)).toMatchObject({ status: 409 });
    const { projections } = await service.shown('/v1/projections');
    expect(entries(projections).map(({ name }) => name)).toEqual([
      'pair',
      'exports',
      'call-status',
      'agent-console',
      'directory',
    ]);
  });

  it('had events discarded, which pair skips: told while it runs, as of any moment, and after a restart', async () => {
    const { projections } = chokingOn('OutageDeclared');
    const pair = await Pair.registered(await bench.start({ projections }));
    await bench.service.when(declareOutage(pair.primary));
    const parked = (await letters(bench.service, 2)).find(({ projection }) => projection === 'pair');
    const event = (parked?.['event'] ?? {}) as JsonObject;
    await bench.service.poolkeeper.store.append(deadLettersStream, [discardBy(former, event)], 'any');
    const isSkipped = async (): Promise<void> => {
      await until(() => bench.service.poolkeeper.letters.list().length === 1);
      expect((await lettersOf(bench.service)).map(({ projection }) => projection)).toEqual(['call-status']);
      const at = String(bench.state.position);
      for (const asOf of ['', `?asOf=${at}`]) {
        const shown = await bench.service.shown(`/v1/pools/${pair.primary}${asOf}`);
        expect(shown).toMatchObject({ stage: 'normal' });
        expect(shown).not.toHaveProperty('parked');
      }
    };
    await isSkipped();
    await bench.start({ projections });
    await isSkipped();
  });

  it('left snapshots in the data folder, which are not read and are removed', async () => {
    const pair = await Pair.registered(await bench.start());
    await pair.reaches('outage');
    await bench.stop();
    const file = new DatabaseSync(bench.snapshotsFile);
    for (const table of ['snapshots', 'checkpoints'])
      file.exec(`update ${table} set projection = '${former}', version = 2 where projection = 'pair'`);
    file.close();
    await bench.start();
    expect(await bench.service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'outage' });
    expect(await bench.service.shown('/v1/verification')).toMatchObject({ faithful: true });
    await bench.stop();
    const kept = new DatabaseSync(bench.snapshotsFile);
    const rows = kept.prepare('select distinct projection from snapshots order by projection').all();
    kept.close();
    expect(rows.map(({ projection }) => projection)).toEqual([
      'agent-console',
      'call-status',
      'directory',
      'exports',
      'pair',
    ]);
  });
});

const discardBy = (projection: string, { id, stream }: JsonObject): EventToAppend =>
  strange('DeadLetterDiscarded', 1, {
    deadLetter: newId(),
    projection,
    version: 2,
    eventId: id,
    position: '1',
    stream,
    eventType: 'OutageDeclared',
    error: 'ink has run out',
    reason: 'a drill',
  });
