/** Every line that the runbook prints is typed as it stands, in the state for which it was printed, and is accepted. */
import { expect, describe, it } from '@jest/globals';
import type { JsonObject } from '../../../events/envelope.js';
import { holds } from '../../../facts/content.js';
import { fileOnRecord, overwrittenBy } from '../../../facts/overwritten.js';
import type { Recording } from '../../../projections/runbook/record.js';
import type { RunbookStep } from '../../../projections/runbook/view.js';
import { fc, runs } from '../../support/properties.js';
import { createdAndImported, createdInFull, helpDesk } from '../../support/objects.js';
import {
  ann,
  annIsHomedIn,
  paired,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  routeChosen,
  until,
} from '../../support/story.js';
import { World } from '../../support/world.js';
import { asCommand, give, runbookOf } from './following.js';
import { eitherDown, history, lived } from './histories.js';
import { typed, type Sent } from './typing.js';

/** A world that goes its own way from here. */
function branchOf(world: World): World {
  const branch = new World();
  branch.pair = structuredClone(world.pair);
  branch.position = world.position;
  for (const [key, agent] of world.agents) branch.agents.set(key, structuredClone(agent));
  return branch;
}

/** What only a person knows, filled in: each choice where there are several. */
function filledIn(line: string, world: World): readonly string[] {
  const [blank, inside = ''] = /<([^<>']*)>/.exec(line) ?? [];
  if (blank === undefined) return [line];
  const values: readonly string[] = line.includes(`--export-id ${blank}`)
    ? [[...(world.pair?.exports.keys() ?? [])].at(-1) ?? '']
    : line.includes(`--home-pool ${blank}`)
      ? [poolA, poolB]
      : line.includes(`--replacement ${blank}`)
        ? [poolC]
        : inside.includes('|')
          ? inside.split('|').filter((choice) => choice !== '...')
          : [ann];
  return values.flatMap((value) =>
    filledIn(
      line.replace(blank, () => value),
      world,
    ),
  );
}

/** Nothing that an import overwrites on request is lost: a file on record has it, or it was removed. */
function overwritesOnlyWhatIsKept(world: World, { name, body }: Sent): boolean {
  const { pair } = world;
  if (name !== 'import-response-groups' || body['overwriteEdits'] !== true || pair === null) return true;
  const { exportId, destination } = body;
  if (typeof exportId !== 'string' || typeof destination !== 'string') return false;
  const files = [...pair.exports.values()].filter(({ pool }) => pool === destination);
  return overwrittenBy(
    pair,
    fileOnRecord(pair, exportId),
    destination,
    pair.exports.get(exportId)?.objects ?? [],
  ).every(({ copy }) => copy === null || files.some((file) => holds(file, copy)));
}

async function record(world: World, recording: Recording): Promise<readonly JsonObject[]> {
  const [line = ''] = filledIn(recording.commandLine, world);
  const outcomes: JsonObject[] = [];
  for (const sent of await typed(line)) {
    expect({ line, kept: overwritesOnlyWhatIsKept(world, sent) }).toEqual({ line, kept: true });
    const decision = world.decide(asCommand(sent.name, sent.body));
    if (decision.outcome === 'accepted') world.happened(decision.events);
    const { outcome } = decision;
    outcomes.push({
      line,
      outcome,
      ...(outcome === 'accepted' ? {} : { decision: JSON.stringify(decision) }),
    });
  }
  return outcomes;
}

const isPrinted = ({ state }: RunbookStep): boolean => state === 'now' || state === 'available';
const linesSeen = new Map<string, number>();

async function tryEveryLine(world: World, fqdn: string): Promise<void> {
  for (const step of runbookOf(world, fqdn).steps.filter(isPrinted)) {
    const branch = branchOf(world);
    for (const { record: recording } of step.instructions) {
      if (recording === null) continue;
      const sent = await typed(filledIn(recording.commandLine, branch)[0] ?? '');
      expect(sent).toHaveLength(recording.bodies.length);
      for (const choice of filledIn(recording.commandLine, branch)) await typed(choice);
      for (const { outcome, ...more } of await record(branch, recording)) {
        expect({ id: step.id, outcome, ...more }).toEqual({
          id: step.id,
          outcome: 'accepted',
          line: more['line'],
        });
      }
      linesSeen.set(recording.command, (linesSeen.get(recording.command) ?? 0) + 1);
    }
  }
}

describe('In any state, a line that the runbook prints', () => {
  it.each([
    ['of one pool', history],
    ['of both pools', eitherDown],
  ])('is understood and accepted, in the order of its step, after any history %s', async (_, histories) => {
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom(poolA, poolB), async (commands, fqdn) => {
        await tryEveryLine(lived(commands), fqdn);
      }),
      { numRuns: runs(250) },
    );
  });

  it.each([
    ['serves', []],
    ['is down', ['declare-outage'] as const],
  ])(
    'is so where the partner hosts nothing, and the pool, which has a file with objects of both, %s',
    async (_, then) => {
      const theirs = { pool: poolA, kind: 'workflow', id: 'a', name: 'Help Desk', tool: 'managementShell' };
      const own = { ...theirs, pool: poolB, id: 'b', name: 'Reception' };
      const copied = { exportId: '0', destination: poolB };
      const world = lived([
        ['create-object', { ...theirs, properties: { primaryUri: 'sip:a@contoso.com' } }],
        ['create-object', { ...own, properties: { primaryUri: 'sip:b@contoso.com' } }],
        ['record-export', { pool: poolA, fileName: 'x.zip' }],
        [
          'import-response-groups',
          { ...copied, replaceExistingSettings: false, resolveNameConflicts: false },
        ],
        ['remove-object', { pool: poolA, kind: 'workflow', id: 'a', tool: 'managementShell' }],
        ['record-export', { pool: poolB, fileName: 'y.zip' }],
        ...then.map((name) => [name, { pool: poolB, reason: 'Fire.' }] as const),
      ]);
      await tryEveryLine(world, poolB);
      const importing = runbookOf(world, poolB).steps.find(
        ({ id }) => id === (then.length === 0 ? 'pre-stage' : 'import-to-backup'),
      );
      expect(importing?.note).toContain('which hosts nothing');
    },
  );

  it('is so all through an incident, for every command that a runbook prints', async () => {
    const groups = [[ann], ['sip:bob@contoso.com', 'sip:cleo@contoso.com']].map((agentsByUri, index) =>
      createdInFull(poolA, {
        kind: 'agent-group',
        id: `${index}`,
        name: `${index}`,
        properties: { agentsByUri },
      }),
    );
    const world = new World().happened([
      paired,
      annIsHomedIn(poolA),
      createdInFull(poolA, helpDesk),
      ...groups,
    ]);
    const say = async (name: string, body: JsonObject = {}): Promise<void> => {
      give(world, asCommand(name, { pool: poolA, ...body }));
      await tryEveryLine(world, poolA);
    };
    const tool = 'managementShell';
    const settings = { kind: 'application-settings', properties: { agentRingbackGracePeriod: 33 }, tool };
    linesSeen.clear();
    await say('modify-object', settings);
    await say('record-export', { fileName: 'night.zip' });
    await say('declare-outage', { backEndDatabase: 'unavailable' });
    const [exportId = ''] = world.pair?.exports.keys() ?? [];
    give(
      world,
      asCommand('import-response-groups', { destination: poolB, exportId, replaceExistingSettings: true }),
    );
    await say('initiate-failover');
    await say('complete-failover');
    await say('modify-object', {
      pool: poolB,
      kind: 'workflow',
      id: 'help-desk',
      properties: { anonymous: true },
      tool,
    });
    await say('failback');
    await say('complete-failback');
    await say('modify-object', { kind: 'workflow', id: 'help-desk', properties: { description: 'x' }, tool });
    await say('record-export', { pool: poolB, owner: poolA, fileName: 'home.zip' });
    await say('close-incident');
    expect([...linesSeen.keys()].sort()).toEqual([
      'choose-route',
      'close-incident',
      'complete-failback',
      'complete-failover',
      'declare-outage',
      'failback',
      'import-response-groups',
      'initiate-failover',
      'modify-object',
      'record-export',
      'register-agent',
      'report-back-end-database',
      'sign-in-agent',
      'tick-step',
    ]);
  });

  it('that reads a file says which pool it is of, and of which owner', async () => {
    const zip = 'examples/hamburg-2026-11-17.zip';
    for (const { record: recording } of runbookOf(lived([])).steps.flatMap(
      ({ instructions }) => instructions,
    )) {
      const upload = recording?.upload;
      if (upload == null) continue;
      const sent = await typed(upload.commandLine.replace(/add \S+/, `add ${zip}`));
      expect(sent).toEqual([
        { name: 'add-export', body: { path: expect.stringMatching(/^\/v1\/pools\/pool-/) } },
      ]);
    }
  });
});

describe('Where another pool takes the place of one that is lost', () => {
  it('every line is accepted as it is printed, to the end of the incident', async () => {
    const world = new World().happened([
      paired,
      annIsHomedIn(poolA),
      ...createdAndImported(poolA, { kind: 'workflow', id: 'help-desk' }),
      ...until(poolA, 'failed-over'),
      routeChosen(poolA),
    ]);
    const idsOf = (fqdn: string, state: string): readonly string[] =>
      runbookOf(world, fqdn)
        .steps.filter((step) => step.state === state)
        .map(({ id }) => id);
    await tryEveryLine(world, poolA);
    expect(idsOf(poolA, 'now')).toContain('replace-pool');
    expect(runbookOf(world, poolA).steps.map(({ id }) => id)).not.toContain('fail-back');
    world.happened([poolReplaced()]);
    await tryEveryLine(world, poolC);
    const exporting = runbookOf(world, poolC).steps.find(({ id }) => id === 'export-homeward');
    expect(exporting).toMatchObject({ state: 'now', optional: false });
    expect(exporting?.powershell.join()).toContain(poolA);
    const say = (name: string, body: JsonObject): void => {
      const decision = world.decide(asCommand(name, body), 'export-2');
      expect(decision).toMatchObject({ outcome: 'accepted' });
      if (decision.outcome === 'accepted') world.happened(decision.events);
    };
    say('record-export', { pool: poolB, owner: poolA, fileName: 'new.zip' });
    await tryEveryLine(world, poolC);
    say('import-response-groups', { destination: poolC, exportId: 'export-2', overwriteOwner: true });
    expect(idsOf(poolC, 'now')).toContain('complete-replacement');
    await tryEveryLine(world, poolC);
    say('complete-replacement', { pool: poolC });
    expect(idsOf(poolC, 'done')).toContain('complete-replacement');
    await tryEveryLine(world, poolC);
    say('close-incident', { pool: poolC });
    await tryEveryLine(world, poolC);
  });
});
