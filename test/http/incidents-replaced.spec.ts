/** An incident that ended by replacement: its phases, its names and its report. */
import { expect, it } from '@jest/globals';
import { textOf } from '../../examples/generator/text-of.js';
import {
  ask,
  callArrives,
  createWorkflow,
  declareOutage,
  importGroups,
  recordExport,
  registerPair,
} from './support/commands.js';
import { entries } from './support/pair.js';
import { clockedService } from './support/clocked.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';
const c = 'pool-c.contoso.com';
const day = clockedService('2026-03-02');
const { at, tell, set } = day;

it('an incident that ends by replacement has its phases, both names, and a report that says so', async () => {
  await tell('08:00', registerPair(a, b));
  await tell('08:03', createWorkflow(a, 'desk'));
  await tell('08:50', callArrives('w', a, 'desk'));
  const { exportId } = await tell('08:55', recordExport(a));
  await tell('09:00', declareOutage(a));
  await tell('09:10', ask('initiate-failover', { pool: a }));
  await tell('09:20', ask('complete-failover', { pool: a }));
  await tell('09:30', importGroups(b, textOf(exportId)));
  await tell('10:00', ask('replace-pool', { failed: a, replacement: c, reason: 'The array is lost' }));
  const open = entries((await day.service.shown('/v1/incidents'))['incidents'])[0];
  expect(open?.['phases']).toContainEqual(
    expect.objectContaining({ name: 'replaced', from: at('10:00'), to: null, milliseconds: null }),
  );
  const brought = await tell('10:20', recordExport(b, { owner: a }));
  await tell('10:30', importGroups(c, textOf(brought['exportId']), { overwriteOwner: true }));
  await tell('11:00', ask('complete-replacement', { pool: c }));
  await tell('12:00', ask('close-incident', { pool: c }));
  set('13:00');
  const { id = '' } = open ?? {};
  const incident = await day.service.shown(`/v1/incidents/${textOf(id)}`);
  expect(incident).toMatchObject({ pool: c, formerly: a, closed: at('12:00'), stage: 'normal' });
  const phases = entries(incident['phases']).map(({ name, from, to }) => [name, from, to]);
  expect(phases.slice(-3)).toEqual([
    ['replaced', at('10:00'), at('11:00')],
    ['home', at('11:00'), at('11:00')],
    ['cleaned-up', at('11:00'), at('12:00')],
  ]);
  expect(entries(incident['steps']).map((step) => step['id'])).toEqual(
    expect.arrayContaining(['replace-pool', 'complete-replacement']),
  );
  expect(await day.service.shown(`/v1/pools/${c}/incidents`)).toMatchObject({
    incidents: [{ formerly: a }],
  });
  expect(await day.service.shown(`/v1/incidents/${textOf(id)}?asOf=${at('09:45')}`)).not.toHaveProperty(
    'formerly',
  );
  const { text } = await day.service.get(`/v1/incidents/${textOf(id)}/report?format=markdown`);
  expect(text).toContain(`# Incident ${textOf(id)} of ${c} (formerly ${a})`);
  expect(text).toContain(`${a} went down; ${b} is its backup pool. ${c} took its place.`);
  expect(text).toContain(
    '| Replaced by a new pool | 2026-03-02 10:00:00 UTC | 2026-03-02 11:00:00 UTC | 1 h |',
  );
  const page = await day.service.get(`/v1/incidents/${textOf(id)}/report?format=html`);
  expect(page.text).toContain('served by the new pool');
});

it('callers without a stand-in are served again once the new pool serves', async () => {
  await tell('08:00', registerPair(a, b));
  await tell('09:00', declareOutage(a));
  await tell('09:10', ask('initiate-failover', { pool: a }));
  await tell('09:20', ask('complete-failover', { pool: a }));
  await tell('10:00', ask('replace-pool', { failed: a, replacement: c }));
  await tell('11:00', ask('complete-replacement', { pool: c }));
  const [incident] = entries((await day.service.shown('/v1/incidents'))['incidents']);
  expect(incident).toMatchObject({ recoveryTime: { to: at('09:20') }, stage: 'failed-back' });
});
