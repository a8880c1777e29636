/** From nightly zips through an outage, with every trap on the way, back to the owner: the same by HTTP and in the shell. */
import { expect } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { objectKinds, type ObjectKind, type Properties } from '../../events/vocabulary.js';
import { exportFile, type DescribedObject } from '../../examples/generator/export-file/export-file.js';
import { defaultsOf, propertyTables } from '../../policy/object-properties/tables.js';
import { uuidOf } from '../../src/runtime/identifiers.js';
import { text } from './text.js';

export interface Told {
  readonly ok: boolean;
  readonly body: JsonObject;
}

/** A way in: each answers with what the service said. */
export interface WayIn {
  command(name: string, body: JsonObject): Promise<Told>;
  addExport(pool: string, fileName: string, zip: Buffer, more?: { readonly owner?: string }): Promise<Told>;
  view(name: 'visibility' | 'exports', pool: string): Promise<JsonObject>;
  export(pool: string, id: string): Promise<JsonObject>;
}

const [berlin, hamburg] = ['berlin.contoso.com', 'hamburg.contoso.com'];
const [bremen, kiel] = ['bremen.contoso.com', 'kiel.contoso.com'];

const idOf = (pool: string, name: string): string => uuidOf(`story ${pool} ${name}`);
const object = (pool: string, kind: ObjectKind, name: string, properties: Properties): DescribedObject => ({
  kind,
  id: idOf(pool, `${kind} ${name.toLowerCase()}`),
  name,
  owner: kind === 'workflow' || kind === 'queue' ? pool : null,
  properties: { ...defaultsOf(propertyTables[kind]), ...properties },
});

/** One response group with all that belongs to it: an object of each kind. */
const groupOf = (pool: string, name: string): DescribedObject[] => {
  const id = (kind: ObjectKind): string => idOf(pool, `${kind} ${name.toLowerCase()}`);
  return [
    object(pool, 'workflow', name, {
      primaryUri: `sip:${name.toLowerCase().replaceAll(' ', '-')}@${pool}`,
      active: true,
      businessHoursId: id('hours-of-business'),
      holidaySetIdList: [id('holiday-set')],
      defaultAction: { action: 'TransferToQueue', queueId: id('queue') },
      customMusicOnHoldFile: 'waltz.wav',
    }),
    object(pool, 'queue', name, { agentGroupIdList: [id('agent-group')] }),
    object(pool, 'agent-group', name, { agentsByUri: ['sip:kim@contoso.com'] }),
    object(pool, 'hours-of-business', name, { mondayHours1: { openTime: '08:00', closeTime: '17:00' } }),
    object(pool, 'holiday-set', name, {
      holidayList: [{ name: 'Christmas', startDate: '2026-12-25', endDate: '2026-12-27' }],
    }),
  ];
};

const settings = (agentRingbackGracePeriod: number): Properties => ({
  agentRingbackGracePeriod,
  defaultMusicOnHoldFile: null,
  disableCallContext: false,
});
const zipOf = (pool: string, objects: readonly DescribedObject[], seconds: number): Buffer =>
  exportFile({ pool, objects, applicationSettings: settings(seconds) });

const ownedBy = (owner: string, objects: readonly DescribedObject[]): DescribedObject[] =>
  objects.map((one) => ({ ...one, owner: one.owner === null ? null : owner }));
const changed = (
  objects: readonly DescribedObject[],
  kind: ObjectKind,
  properties: Properties,
): DescribedObject[] =>
  objects.map((one) =>
    one.kind === kind ? { ...one, properties: { ...one.properties, ...properties } } : one,
  );

const accepted = ({ ok, body }: Told): JsonObject => {
  if (!ok) throw new Error(`It was to be accepted, but: ${JSON.stringify(body)}`);
  return body;
};
const types = ({ events }: JsonObject): readonly unknown[] =>
  (events as readonly { readonly type: string }[]).map(({ type }) => type);
const warnings = ({ warnings: given }: JsonObject): readonly string[] =>
  (given as readonly { readonly code: string }[]).map(({ code }) => code);

interface Copy extends JsonObject {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly owner: string;
  readonly parent: string;
}

export async function tellStory(way: WayIn): Promise<void> {
  const give = async (name: string, body: JsonObject): Promise<JsonObject> =>
    accepted(await way.command(name, body));
  const add = async (...given: Parameters<WayIn['addExport']>): Promise<JsonObject> =>
    accepted(await way.addExport(...given));
  const copiesOn = async (parent: string, seenFrom = berlin): Promise<readonly Copy[]> =>
    ((await way.view('visibility', seenFrom))['objects'] as readonly Copy[]).filter(
      (copy) => copy.parent === parent,
    );
  const settingsOf = async (pool: string, exportId: string): Promise<unknown> =>
    (await way.export(pool, exportId))['applicationSettings'];

  await give('register-pair', { pools: [{ fqdn: berlin }, { fqdn: hamburg }] });

  // The night: both pools are exported, and what the zips hold is what the pools are.
  const sales = groupOf(berlin, 'Sales');
  const night = await add(berlin, 'berlin.zip', zipOf(berlin, sales, 90));
  expect(types(night)).toEqual([
    'ResponseGroupsExported',
    ...objectKinds.map(() => 'ObjectCreated'),
    'ObjectModified',
  ]);
  const nightId = text(night['exportId']);
  expect(await add(berlin, 'berlin.zip', zipOf(berlin, sales, 90))).toMatchObject({
    events: [],
    exportId: nightId,
  });
  await add(hamburg, 'hamburg.zip', zipOf(hamburg, groupOf(hamburg, 'SALES'), 60));
  expect(await way.view('exports', berlin)).toMatchObject({
    exports: [
      {
        id: nightId,
        counts: { workflow: 1 },
        file: { audioFiles: 1, audioMissing: 0 },
        changes: { created: 5 },
      },
    ],
  });

  // The morning: a group that comes too late for the night's zip.
  const late = await give('create-object', {
    pool: berlin,
    kind: 'agent-group',
    id: 'recall-agents',
    name: 'Recall',
    tool: 'controlPanel',
  });
  expect(late).toMatchObject({ id: 'recall-agents' });
  await give('declare-outage', { pool: berlin });

  // All five kinds bear names that Hamburg bears too, in another case: the import is refused as a whole.
  const clash = await way.command('import-response-groups', { destination: hamburg, exportId: nightId });
  expect(clash).toMatchObject({ ok: false, body: { rule: 'name-clash' } });
  for (const kind of objectKinds) expect(clash.body['detail']).toContain(`The ${kind} "Sales"`);
  expect(await copiesOn(hamburg)).toHaveLength(5);

  // With resolveNameConflicts the incoming ones get a number; with replaceExistingSettings Hamburg loses its own.
  const imported = await give('import-response-groups', {
    destination: hamburg,
    exportId: nightId,
    resolveNameConflicts: true,
    replaceExistingSettings: true,
  });
  expect(warnings(imported)).toEqual(['settings-overwritten']);
  const standIns = (await copiesOn(hamburg)).filter(({ owner }) => owner === berlin);
  expect(standIns.map(({ kind, name }) => [kind, name])).toEqual(
    objectKinds.map((kind) => [kind, 'Sales (2)']),
  );
  expect(standIns.map(({ id }) => id).sort()).toEqual(sales.map(({ id }) => id).sort());
  expect(standIns.some(({ id }) => id === 'recall-agents')).toBe(false);

  await give('initiate-failover', { pool: berlin, disasterMode: true });
  await give('complete-failover', { pool: berlin });

  // Hamburg stands in: an imported queue is edited, and a group is made that is Hamburg's own.
  const renumbered = sales.map((one) => ({ ...one, name: 'Sales (2)' }));
  const edited = changed(ownedBy(berlin, renumbered), 'queue', { timeoutThreshold: 45 });
  const news = object(hamburg, 'agent-group', 'Outage News', { agentsByUri: ['sip:lee@contoso.com'] });
  const all = [
    ...groupOf(hamburg, 'SALES'),
    { ...news, owner: hamburg },
    ...edited.map((one) => ({ ...one, owner: berlin })),
  ];
  const whole = await add(hamburg, 'hamburg-noon.zip', zipOf(hamburg, all, 90));
  expect(types(whole)).toEqual(['ResponseGroupsExported', 'ObjectCreated', 'ObjectModified']);

  // The way back: restricted to Berlin's, without Hamburg's news; and it has to say that it is restricted.
  const forBerlin = zipOf(
    hamburg,
    edited.map((one) => ({ ...one, owner: berlin })),
    90,
  );
  const silent = await way.addExport(hamburg, 'return.zip', forBerlin);
  expect(silent).toMatchObject({ ok: false, body: { rule: 'export-is-of-this-pool' } });
  const back = await add(hamburg, 'return.zip', forBerlin, { owner: berlin });
  expect(types(back)).toEqual(['ResponseGroupsExported']);
  const backId = text(back['exportId']);
  expect(await settingsOf(hamburg, backId)).toMatchObject({ agentRingbackGracePeriod: 90 });
  expect(JSON.stringify((await way.export(hamburg, backId))['objects'])).not.toContain('Outage News');

  await give('failback', { pool: berlin });
  await give('complete-failback', { pool: berlin });

  // By identity what comes home updates what is there: the same objects, with what Hamburg made of them.
  const home = await give('import-response-groups', {
    destination: berlin,
    exportId: backId,
    overwriteOwner: true,
  });
  expect(warnings(home)).toEqual([]);
  const athome = await copiesOn(berlin);
  expect(athome.map(({ id }) => id).sort()).toEqual([...sales.map(({ id }) => id), 'recall-agents'].sort());
  expect(athome.every(({ owner }) => owner === berlin)).toBe(true);
  expect(athome.filter(({ name }) => name === 'Sales (2)')).toHaveLength(5);

  // The next night shows that all is on record: nothing of it is new.
  const recall = object(berlin, 'agent-group', 'Recall', {});
  const nextNight = [...edited, { ...recall, owner: berlin }];
  const next = await add(berlin, 'berlin.zip', zipOf(berlin, nextNight, 90));
  expect([types(next), warnings(next)]).toEqual([['ResponseGroupsExported'], []]);

  // The clean-up takes the stand-ins away, and leaves Hamburg its own.
  await give('record-export', {
    pool: hamburg,
    owner: berlin,
    fileName: 'clean-up.zip',
    removeExported: true,
  });
  expect((await copiesOn(hamburg)).map(({ owner, name }) => [owner, name]).sort()).toEqual([
    [hamburg, 'Outage News'],
    ...objectKinds.map(() => [hamburg, 'SALES']),
  ]);
  await give('close-incident', { pool: berlin });

  await tellOfMove(way, give, add);
}

/** Another pair: overwriteOwner on the first import moves the groups, and a stand-in dies with its original. */
async function tellOfMove(
  way: WayIn,
  give: (name: string, body: JsonObject) => Promise<JsonObject>,
  add: (...given: Parameters<WayIn['addExport']>) => Promise<JsonObject>,
): Promise<void> {
  await give('register-pair', { pools: [{ fqdn: bremen }, { fqdn: kiel }] });
  const [orders, returns] = [groupOf(bremen, 'Orders'), groupOf(bremen, 'Returns')];
  const { exportId } = await add(bremen, 'bremen.zip', zipOf(bremen, [...orders, ...returns], 60));
  await give('import-response-groups', { destination: kiel, exportId: text(exportId) });

  const less = await add(bremen, 'bremen.zip', zipOf(bremen, orders, 60));
  expect(types(less).filter((type) => type === 'ObjectRemoved')).toHaveLength(5);
  expect(new Set(warnings(less))).toEqual(new Set(['imported-copy-taken-out-of-service']));

  const only = text(less['exportId']);
  const moved = await give('import-response-groups', {
    destination: kiel,
    exportId: only,
    overwriteOwner: true,
  });
  expect(warnings(moved)).toContain('overwrite-owner-is-a-move');
  const copies = (await way.view('visibility', bremen))['objects'] as readonly Copy[];
  const onKiel = copies.filter(({ parent, name }) => parent === kiel && name === 'Orders');
  expect(onKiel.every(({ owner }) => owner === kiel)).toBe(true);
}
