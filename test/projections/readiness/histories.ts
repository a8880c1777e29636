/** Histories of a pair as its administrators tell them: any commands in any order, of which what is allowed happens. */
import type { JsonObject } from '../../../events/envelope.js';
import { ann, annIsHomedIn, paired, poolA, poolB } from '../../support/story.js';
import { fc } from '../../support/properties.js';
import { World } from '../../support/world.js';
import { asCommand, give } from './following.js';

const tool = 'managementShell';
const ids = fc.constantFrom('a', 'b', 'c');
const pools = fc.constantFrom(poolA, poolA, poolB);
const names = fc.constantFrom('Help Desk', 'HELP DESK', 'Sales "west" `$x', 'Night’s “shift”', 'Desk');
const group = { participationPolicy: 'Formal', agentsByUri: [ann] };
/** Any workflow may ask for any of them; whoever comes second is refused. */
const uris = ids.map((id) => `sip:${id}@contoso.com`);
const file = fc.constantFrom(
  'x.zip',
  `${poolA}-export-1.zip`,
  `C:\\rgs\\${poolA}-export-2.ZIP`,
  'a "b" $c `d.zip',
);

export type Given = readonly [name: string, body: JsonObject];

export const edit = fc.oneof(
  fc
    .tuple(pools, ids, names, uris)
    .map(([pool, id, name, primaryUri]): Given => [
      'create-object',
      { pool, kind: 'workflow', id: `${id}-of-${pool}`, name, properties: { primaryUri }, tool },
    ]),
  fc
    .tuple(pools, ids, names)
    .map(([pool, id, name]): Given => [
      'create-object',
      { pool, kind: 'agent-group', id: `${id}-of-${pool}`, name, properties: group, tool },
    ]),
  fc
    .tuple(pools, pools, ids, fc.boolean())
    .map(([pool, owner, id, anonymous]): Given => [
      'modify-object',
      { pool, kind: 'workflow', id: `${id}-of-${owner}`, properties: { anonymous }, tool },
    ]),
  fc
    .tuple(pools, pools, ids, names)
    .map(([pool, owner, id, name]): Given => [
      'modify-object',
      { pool, kind: 'agent-group', id: `${id}-of-${owner}`, name, tool },
    ]),
  fc
    .tuple(pools, pools, ids)
    .map(([pool, owner, id]): Given => [
      'remove-object',
      { pool, kind: 'workflow', id: `${id}-of-${owner}`, tool },
    ]),
  fc
    .tuple(pools, fc.integer({ min: 30, max: 33 }))
    .map(([pool, seconds]): Given => [
      'modify-object',
      { pool, kind: 'application-settings', properties: { agentRingbackGracePeriod: seconds }, tool },
    ]),
);
const transfer = fc.oneof(
  fc
    .tuple(pools, file, fc.constantFrom({}, { owner: poolA }))
    .map(([pool, fileName, more]): Given => ['record-export', { pool, fileName, ...more }]),
  fc.tuple(fc.nat({ max: 9 }), fc.boolean(), fc.boolean()).map(([nth, replace, resolve]): Given => [
    'import-response-groups',
    {
      destination: poolB,
      exportId: String(nth),
      replaceExistingSettings: replace,
      resolveNameConflicts: resolve,
    },
  ]),
);
const stage = fc
  .constantFrom(
    'declare-outage',
    'initiate-failover',
    'complete-failover',
    'failback',
    'complete-failback',
    'fail-failover',
    'fail-failback',
    'close-incident',
    'end-outage',
  )
  .map((name): Given => [name, { pool: poolA }]);
const database = fc
  .constantFrom('available', 'unavailable')
  .map((state): Given => ['report-back-end-database', { pool: poolA, state }]);
const signIn = ids.map((id): Given => [
  'sign-in-agent',
  { agent: ann, pool: poolB, agentGroup: `${id}-of-${poolA}` },
]);

export const history = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: edit },
    { weight: 4, arbitrary: transfer },
    { weight: 4, arbitrary: stage },
    { weight: 1, arbitrary: database },
    { weight: 1, arbitrary: signIn },
  ),
  { maxLength: 60, size: 'max' },
);

const stageOfEither = fc.tuple(stage, pools).map(([[name], pool]): Given => [name, { pool }]);
const databaseOfEither = fc
  .tuple(database, pools)
  .map(([[name, body], pool]): Given => [name, { ...body, pool }]);
export const eitherDown = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: edit },
    { weight: 4, arbitrary: transfer },
    { weight: 6, arbitrary: stageOfEither },
    { weight: 2, arbitrary: databaseOfEither },
    { weight: 1, arbitrary: signIn },
  ),
  { maxLength: 40, size: 'max' },
);

/** What is allowed of it happens; imports name one of the exports so far. */
export function lived(commands: readonly Given[]): World {
  const world = new World().happened([paired, annIsHomedIn(poolA)]);
  for (const [name, body] of commands) {
    const exports = [...(world.pair?.exports.keys() ?? [])];
    const { exportId } = body;
    const chosen =
      exportId === undefined ? {} : { exportId: exports[Number(exportId) % exports.length] ?? 'none' };
    give(world, asCommand(name, { ...body, ...chosen }));
  }
  return world;
}
