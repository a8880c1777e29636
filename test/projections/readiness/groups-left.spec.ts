/** Groups of a pool that is lost which nobody imported into the pool that stands in. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../events/envelope.js';
import { paired, poolA, poolB, poolC } from '../../support/story.js';
import { World } from '../../support/world.js';
import { asCommand, runbookOf } from './following.js';

type Given = readonly [name: string, body: JsonObject];

const team: JsonObject = { kind: 'agent-group', id: 'team', name: 'Team', tool: 'managementShell' };
const failedOver: readonly Given[] = [
  ['create-object', { pool: poolA, ...team }],
  ['record-export', { pool: poolA, fileName: 'night.zip' }],
  ['declare-outage', { pool: poolA }],
  ['initiate-failover', { pool: poolA }],
  ['complete-failover', { pool: poolA }],
  ['choose-route', { pool: poolA, route: 'replacement', replacement: poolC }],
];
const importing = (destination: string, more: JsonObject = {}): Given => [
  'import-response-groups',
  { destination, ...more },
];
const replacing: Given = ['replace-pool', { failed: poolA, replacement: poolC }];

function after(...commands: readonly Given[]): World {
  const world = new World().happened([paired]);
  for (const [name, body] of commands) {
    const exportId = [...(world.pair?.exports.keys() ?? [])].at(-1) ?? '';
    const decision = world.decide(asCommand(name, name.startsWith('import') ? { exportId, ...body } : body));
    if (decision.outcome !== 'accepted') throw new Error(`${name}: ${JSON.stringify(decision)}`);
    world.happened(decision.events);
  }
  return world;
}

const noteOf = (world: World, id: string, pool: string) =>
  runbookOf(world, pool).steps.find((step) => step.id === id)?.note;
function warnedOf(world: World): readonly string[] {
  const decision = world.decide(asCommand('complete-replacement', { pool: poolC }));
  return decision.outcome === 'accepted' ? decision.warnings.map(({ code }) => code) : [decision.outcome];
}

describe('Groups that nobody imported into the pool that stands in', () => {
  it('are named before the pool is replaced, and the import comes first', () => {
    const world = after(...failedOver);
    expect(noteOf(world, 'replace-pool', poolA)).toContain(`1 object of ${poolA} is not on ${poolB}`);
    expect(runbookOf(world, poolA).next).toBe('import-to-backup');
    expect(noteOf(after(...failedOver, importing(poolB)), 'replace-pool', poolA)).toBeNull();
  });

  it('are warned of where the new pool is to serve without them', () => {
    const world = after(...failedOver, replacing);
    expect(noteOf(world, 'complete-replacement', poolC)).toContain(
      `1 object of ${poolA} is on no pool any more`,
    );
    expect(warnedOf(world)).toEqual(['lost-with-the-pool']);
    const brought = after(...failedOver, replacing, importing(poolC, { overwriteOwner: true }));
    expect(warnedOf(brought)).toEqual([]);
    const again: Given = ['create-object', { pool: poolB, ...team, id: 'team-again' }];
    expect(warnedOf(after(...failedOver, replacing, again))).toEqual([]);
  });
});
