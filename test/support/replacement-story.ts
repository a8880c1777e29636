/**
 * The whole second route, from two pools in service to the new pool in service: the same with zips, by hand and in the
 * shell. Two steps of it fail first: the import into the pool that stands in, and the one into the new pool.
 */
import { expect } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { applicationSettingsKind, objectKinds } from '../../events/vocabulary.js';
import type { DescribedObject } from '../../examples/generator/export-file/export-file.js';
import { asStoodIn, castOf, idIn, settingsOf, zipOf, type WayIn } from './replacement-cast.js';
import { ReplacementWitness } from './replacement-witness.js';
import { text } from './text.js';

const tool = 'managementShell';

export async function tellReplacement(way: WayIn, name: string): Promise<void> {
  const cast = castOf(name);
  const { lost, standIn, built, kim, lee, groups } = cast;
  const [sales, queue, team] = (['workflow', 'queue', 'agent-group'] as const).map((kind) =>
    idIn(groups.ofLost, kind),
  ) as [string, string, string];
  const witness = new ReplacementWitness(way, cast);
  const give = async (command: string, body: JsonObject): Promise<JsonObject> => {
    const answer = await way.command(command, body);
    if (!answer.ok) throw new Error(`${command} was to be accepted, but: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const refuse = async (rule: string, command: string, body: JsonObject): Promise<JsonObject> => {
    const answer = await way.command(command, body);
    expect({ command, ...answer }).toMatchObject({ ok: false, body: { rule } });
    return answer.body;
  };
  const arrives = async (callId: string, pool: string): Promise<void> => {
    await give('report-call-arrived', { callId, pool, responseGroup: sales });
  };
  const exportOf = async (
    pool: string,
    fileName: string,
    { objects, seconds, owner }: { objects: readonly DescribedObject[]; seconds: number; owner?: string },
  ): Promise<string> => {
    const of = owner === undefined ? {} : { owner };
    if (way.addExport === null)
      return text((await give('record-export', { pool, fileName, ...of }))['exportId']);
    const zip = { fileName, bytes: zipOf(pool, objects, seconds), ...of };
    const { ok, body } = await way.addExport(pool, zip);
    if (!ok) throw new Error(`${fileName} was to be accepted, but: ${JSON.stringify(body)}`);
    return text(body['exportId']);
  };
  /** What a file brings, typed: first what others refer to. */
  const typed = async (pool: string, objects: readonly DescribedObject[], seconds: number): Promise<void> => {
    if (way.addExport !== null) return;
    for (const { kind, id, name: of, properties } of objects.toReversed())
      await give('create-object', { pool, kind, id, name: of, properties, tool });
    const properties = settingsOf(seconds);
    await give('modify-object', { pool, kind: applicationSettingsKind, properties, tool });
  };

  // Two pools in service, each with its file of the night.
  await give('register-pair', { pools: [{ fqdn: lost }, { fqdn: standIn }] });
  await give('register-agent', { agent: kim, homePool: lost });
  await give('register-agent', { agent: lee, homePool: standIn });
  await typed(lost, groups.ofLost, 90);
  await typed(standIn, groups.ofStandIn, 70);
  const night = await exportOf(lost, 'night.zip', { objects: groups.ofLost, seconds: 90 });
  await exportOf(standIn, 'bremen.zip', { objects: groups.ofStandIn, seconds: 70 });
  const holidays = { kind: 'holiday-set', id: idIn(groups.ofLost, 'holiday-set') };
  const easter = [{ name: 'Easter', startDate: '2029-04-01', endDate: '2029-04-02' }];
  await give('modify-object', { pool: lost, ...holidays, properties: { holidayList: easter }, tool });
  const recall = { kind: 'agent-group', id: 'recall', name: 'Recall', tool };
  await give('create-object', { pool: lost, ...recall, properties: { agentsByUri: [kim] } });
  await arrives(`${name}-before`, lost);
  await witness.stands({ [lost]: 'normal', [standIn]: 'normal' });
  expect(await way.view('pool', built)).toMatchObject({ ok: false });

  // A fails. B bears the same names: its import is refused as a whole, and nothing has changed.
  await give('declare-outage', { pool: lost, backEndDatabase: 'unavailable' });
  await witness.stands({ [lost]: 'outage', [standIn]: 'normal' });
  expect(await witness.calls(`${name}-before`)).toMatchObject({ status: 'disconnected' });
  expect(await witness.next(lost)).toBe('import-to-backup');
  const before = await witness.position(standIn);
  const there = await witness.copies(lost, standIn);
  const clash = await refuse('name-clash', 'import-response-groups', {
    destination: standIn,
    exportId: night,
  });
  for (const kind of objectKinds) expect(clash['detail']).toContain(`The ${kind} "Sales"`);
  expect(clash['allowed']).toContain('resolveNameConflicts');
  expect(await witness.copies(lost, standIn)).toEqual(there);
  expect(await witness.next(lost)).toBe('import-to-backup');
  expect(await witness.lines(lost, 'import-to-backup')).toMatch('-ResolveNameConflicts');
  const resolveNameConflicts = true;
  await give('import-response-groups', { destination: standIn, exportId: night, resolveNameConflicts });

  // B stands in.
  await refuse('replaced-once-failed-over', 'replace-pool', { failed: lost, replacement: built });
  await give('initiate-failover', { pool: lost, disasterMode: true });
  await give('complete-failover', { pool: lost });
  await witness.stands({ [lost]: 'failed-over', [standIn]: 'normal' });
  await arrives(`${name}-stood-in`, lost);
  expect(await witness.calls(`${name}-stood-in`)).toMatchObject({ servedBy: standIn, status: 'in-progress' });
  await give('sign-in-agent', { agent: lee, pool: standIn, agentGroup: team });
  await give('report-call-connected', { callId: `${name}-stood-in`, agent: lee });
  await give('modify-object', {
    pool: standIn,
    kind: 'queue',
    id: queue,
    properties: { timeoutThreshold: 45 },
    tool,
  });

  // The way out is chosen, and chosen again.
  await give('choose-route', { pool: lost, route: 'replacement', replacement: built });
  expect(await witness.steps(lost)).toContain('replace-pool');
  await give('choose-route', { pool: lost, route: 'failback' });
  expect(await witness.steps(lost)).toContain('fail-back');
  expect(await witness.steps(lost)).not.toContain('replace-pool');
  await give('choose-route', { pool: lost, route: 'replacement', replacement: built });
  expect(await witness.steps(lost)).not.toContain('fail-back');
  expect(await witness.next(lost)).toBe('publish-replacement');
  await give('tick-step', { pool: lost, step: 'publish-replacement' });
  expect(await witness.next(lost)).toBe('replace-pool');
  expect(await witness.states(lost)).toMatchObject({
    'rehome-users': 'blocked',
    'complete-replacement': 'blocked',
  });
  await witness.stands({ [lost]: 'failed-over', [standIn]: 'normal' });

  const { 'edited-on-backup': edited } = await witness.findings(lost);
  expect(edited).toEqual(['Sales (2)']);
  expect(JSON.stringify(await witness.finding(lost, 'edited-on-backup'))).not.toMatch(/[Ff]ailback, export/);

  // C takes the place of A, and it is too late for another choice: each refusal names what can be done.
  await give('replace-pool', { failed: lost, replacement: built, site: 'Chemnitz' });
  const taken = await witness.position(built);
  witness.hasEnded(lost, built);
  await witness.stands({ [built]: 'failed-over', [standIn]: 'normal' });
  expect(await witness.findings(built)).toMatchObject({
    'agents-of-lost-pool': ['Sales (2)'],
    'lost-for-good': ['Recall', 'Sales'],
    'settings-of-lost-pool': [],
    'not-on-new-pool': objectKinds.map(() => 'Sales (2)'),
  });
  expect(await witness.finding(built, 'agents-of-lost-pool')).toMatchObject({
    detail: `1 agent still homed in ${lost}: ${kim} (in Sales (2)).`,
    action: {
      powershell: [`Move-CsUser -Identity "${kim}" -Target "${built}" -Force -Confirm:$false`],
    },
  });
  expect(await witness.atStake(built)).toMatchObject({
    total: 3,
    by: { 'lost-for-good': 2, 'settings-of-lost-pool': 1 },
  });
  expect(await witness.lastExport(built)).toBeNull();
  const complete = `complete-replacement ${built}`;
  for (const command of ['choose-route', 'failback']) {
    const body = { pool: lost, ...(command === 'choose-route' ? { route: 'failback' } : {}) };
    expect(await refuse('pool-was-replaced', command, body)).toMatchObject({ allowed: [complete] });
  }
  await refuse('route-is-open', 'choose-route', { pool: built, route: 'failback' });
  await refuse('route-of-the-pool', 'failback', { pool: built });
  await refuse('pool-was-replaced', 'record-export', { pool: lost, fileName: 'late.zip' });
  await refuse('pool-was-replaced', 'report-call-arrived', {
    callId: `${name}-late`,
    pool: lost,
    responseGroup: sales,
  });
  await refuse('replacement-hosts-its-groups', 'complete-replacement', { pool: built });
  await refuse('move-needs-force', 'move-agent', { agent: kim, homePool: built });
  expect(await witness.next(built)).toBe('rehome-users');
  expect(await witness.lines(built, 'rehome-users')).toContain(`Move-CsUser -Identity "${kim}"`);
  expect(await witness.recorded(built, 'rehome-users')).toContain(
    `poolkeeper move-agent --home-pool ${built} --force --agent ${kim}`,
  );
  for (const step of ['declare-outage', 'fail-over', 'complete-failover', 'import-to-backup']) {
    expect(await witness.states(built)).toMatchObject({ [step]: 'done' });
    expect(await witness.lines(built, step)).toBe('');
  }
  await give('move-agent', { agent: kim, homePool: built, force: true });
  expect(await witness.console(kim)).toMatchObject({ homePool: built });
  expect(await witness.states(built)).toMatchObject({
    'rehome-users': 'done',
    'complete-replacement': 'blocked',
  });
  expect(await witness.next(built)).toBe('export-homeward');
  await arrives(`${name}-rehomed`, built);
  expect(await witness.calls(`${name}-rehomed`)).toMatchObject({ servedBy: standIn, status: 'in-progress' });

  // C gets what B has of A: not from the file of the night, which does not have what B changed.
  const changed = { queue: { timeoutThreshold: 45 } };
  const stoodIn = asStoodIn(groups.ofLost, changed);
  const overwriteOwner = true;
  const old = { destination: built, exportId: night, overwriteOwner };
  await refuse('stand-in-edits-go-along', 'import-response-groups', old);
  expect(await witness.copies(built, built)).toEqual([]);
  const file = await exportOf(standIn, 'for-chemnitz.zip', { objects: stoodIn, seconds: 70, owner: lost });
  expect(await witness.next(built)).toBe('import-homeward');
  await refuse('rebuilt-destination-needs-overwrite-owner', 'import-response-groups', {
    destination: built,
    exportId: file,
  });
  await give('import-response-groups', { destination: built, exportId: file, overwriteOwner });
  expect(await witness.copies(built, built)).toEqual(
    stoodIn.map(({ kind, id, name: of }) => ({ kind, id, name: of, owner: built })),
  );
  expect(Object.keys(await witness.findings(built)).toSorted()).toEqual([
    'lost-for-good',
    'settings-of-lost-pool',
  ]);
  expect(await witness.next(built)).toBe('complete-replacement');
  const own = { pool: built, kind: applicationSettingsKind, properties: settingsOf(90) };
  await refuse('configuration-closed', 'modify-object', { ...own, tool: 'controlPanel' });
  await give('modify-object', { ...own, tool });
  await witness.stands({ [built]: 'failed-over', [standIn]: 'normal' });

  expect(Object.keys(await witness.findings(built))).toEqual(['lost-for-good']);

  // C serves: nobody is cut off, and new calls reach it.
  await give('complete-replacement', { pool: built });
  await witness.stands({ [built]: 'failed-back', [standIn]: 'normal' });
  expect(await witness.calls(`${name}-stood-in`)).toMatchObject({ status: 'connected' });
  expect(await witness.calls(`${name}-rehomed`)).toMatchObject({ status: 'in-progress', basis: 'inferred' });
  await give('sign-in-agent', { agent: kim, pool: built, agentGroup: team });
  await arrives(`${name}-served`, built);
  expect(await witness.calls(`${name}-served`)).toMatchObject({ servedBy: built });
  await give('report-call-connected', { callId: `${name}-served`, agent: kim });

  // Nothing stays on B; A and B are no pair any more, and B and C are one already.
  await give('record-export', { pool: standIn, owner: lost, fileName: 'removed.zip', removeExported: true });
  expect((await witness.copies(built, standIn)).map(({ owner }) => owner)).toEqual(
    objectKinds.map(() => standIn),
  );
  expect(await give('register-pair', { pools: [{ fqdn: built }, { fqdn: standIn }] })).toMatchObject({
    events: [],
  });
  await refuse('pairing-is-one-to-one', 'register-pair', { pools: [{ fqdn: lost }, { fqdn: standIn }] });
  expect(await witness.lines(built, 'remove-lost-pool')).toContain(
    `associate ${standIn} with ${built} instead of ${lost}`,
  );
  await give('tick-step', { pool: built, step: 'remove-lost-pool' });
  expect(await witness.next(built)).toBe('close-incident');
  await give('close-incident', { pool: built });
  await witness.stands({ [built]: 'normal', [standIn]: 'normal' });

  expect(await witness.lastExport(built)).toBeNull();
  expect(Object.keys(await witness.findings(built))).toContain('never-exported');
  expect(Object.keys(await witness.findings(built))).not.toContain('export-clashes');

  // The first night of C: all that its file has is on record.
  const objects = stoodIn.map((one) => ({ ...one, owner: built }));
  await exportOf(built, 'first-night.zip', { objects, seconds: 90 });
  await witness.stands({ [built]: 'normal', [standIn]: 'normal' });
  expect(await witness.lastExport(built)).toMatchObject({ fileName: 'first-night.zip' });
  const atLast = await witness.findings(built);
  expect(Object.keys(atLast)).not.toContain('never-exported');
  expect(Object.keys(atLast)).not.toContain('changed-since-export');
  await witness.nothingOfBeforeHasChanged();
  const atFirst = await way.view('visibility', built, before);
  expect(atFirst.body).toMatchObject({ objects: [], begins: { position: taken } });
}
