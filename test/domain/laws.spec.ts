/** Laws of the deciders, for any commands in any order. */
import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import {
  applicationSettingsKind,
  backEndDatabaseStates,
  objectKinds,
  tools,
} from '../../events/vocabulary.js';
import { routes } from '../../events/replacement.js';
import { presentName } from '../../facts/former-names.js';
import { commandsLegalIn, stageChanges } from '../../policy/stages.js';
import type { Command } from '../../src/domain/commands.js';
import { changedProperties, completeProperties } from '../../src/domain/properties/properties.js';
import { createdInFull } from '../support/objects.js';
import { ann, annIsHomedIn, paired, poolA, poolB, poolC } from '../support/story.js';
import { World } from '../support/world.js';

const pool = fc.constantFrom(poolA, poolB);
const kind = fc.constantFrom(...objectKinds);
const id = fc.constantFrom('one', 'two', 'three');
const name = fc.constantFrom('One', 'ONE', 'Two', 'Three', 'One (2)');
const tool = fc.oneof(
  { weight: 3, arbitrary: fc.constant('managementShell' as const) },
  fc.constantFrom(...tools),
);
const properties = fc.oneof(
  fc.constant({}),
  fc.record({
    primaryUri: fc.constantFrom('sip:one@contoso.com', 'SIP:one@contoso.com', 'sip:two@contoso.com'),
  }),
  fc.record({ agentGroupIdList: fc.subarray(['one', 'two', 'three']) }),
  fc.record({ participationPolicy: fc.constantFrom('Formal', 'Informal', null) }),
  fc.record({
    primaryUri: fc.constantFrom('sip:three@contoso.com', 'sip:two@contoso.com'),
    defaultAction: fc.record({ action: fc.constant('TransferToQueue'), queueId: id }),
    active: fc.boolean(),
    anonymous: fc.boolean(),
  }),
  fc.record({
    holidayList: fc.constant([{ name: 'New Year', startDate: '2014-01-01', endDate: '2014-01-02' }]),
  }),
);

/** Members that are absent may be given as undefined here; they are left out of the command. */
type WithAbsent<Body> = { readonly [Member in keyof Body]: Body[Member] | undefined };

const named = <Name extends Command['name']>(
  commandName: Name,
  body: fc.Arbitrary<WithAbsent<Extract<Command, { name: Name }>['body']>>,
) =>
  body.map((given) => {
    const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return { name: commandName, body: present as object } as Extract<Command, { name: Name }>;
  });

const stageCommand = fc
  .tuple(fc.constantFrom(...stageChanges.map((change) => change.command)), pool)
  .map(([command, at]) => ({ name: command, body: { pool: at } }) as Command);

/** A step that is legal when it is taken: it is picked by the stage that the pool is in by then. */
interface LegalStep {
  readonly legalFor: string;
  readonly pick: number;
}
const legalStep: fc.Arbitrary<LegalStep> = fc.record({ legalFor: pool, pick: fc.nat({ max: 5 }) });

function commandOf(world: World, step: Command | LegalStep): Command {
  if ('name' in step) return underPresentNames(world, step);
  const fqdn = presentIn(world, step.legalFor);
  const standing = world.pair?.pools.find((one) => one.fqdn === fqdn);
  const legal = commandsLegalIn(standing?.stage ?? 'normal', standing ?? {});
  return { name: legal[step.pick % legal.length], body: { pool: fqdn } } as Command;
}

const presentIn = ({ pair }: World, fqdn: string): string => (pair === null ? fqdn : presentName(pair, fqdn));

/** What is said of a pool is said of the one in its place, but for the owner of a file now and then. */
function underPresentNames(world: World, { name: commandName, body }: Command): Command {
  const fields = Object.entries(body).map(([field, value]: [string, unknown]) => [
    field,
    typeof value === 'string' && ['pool', 'destination', 'homePool', 'failed'].includes(field)
      ? presentIn(world, value)
      : value,
  ]);
  return { name: commandName, body: Object.fromEntries(fields) as object } as Command;
}

const command: fc.Arbitrary<Command | LegalStep> = fc.oneof(
  { weight: 8, arbitrary: legalStep },
  { weight: 2, arbitrary: stageCommand },
  {
    weight: 1,
    arbitrary: named(
      'declare-outage',
      fc.record(
        { pool, backEndDatabase: fc.constantFrom(...backEndDatabaseStates) },
        { requiredKeys: ['pool'] },
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: named(
      'report-back-end-database',
      fc.record({ pool, state: fc.constantFrom(...backEndDatabaseStates) }),
    ),
  },
  {
    weight: 1,
    arbitrary: named(
      'choose-route',
      fc.record(
        { pool, route: fc.constantFrom(...routes), replacement: fc.constantFrom(poolC) },
        { requiredKeys: ['pool', 'route'] },
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: named(
      'replace-pool',
      fc.record({ failed: pool, replacement: fc.constantFrom(poolC, 'pool-d.contoso.com') }),
    ),
  },
  {
    weight: 1,
    arbitrary: named(
      'choose-reading',
      fc.record({
        pool,
        reading: fc.constant('calls-on-live-backup'),
        choice: fc.constantFrom('literal', 'survive'),
      }),
    ),
  },
  {
    weight: 5,
    arbitrary: named(
      'create-object',
      fc.record(
        { pool, kind, id, name, properties, tool },
        { requiredKeys: ['pool', 'kind', 'name', 'properties', 'tool'] },
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: named(
      'modify-object',
      fc.record(
        { pool, kind, id, name, properties, tool },
        { requiredKeys: ['pool', 'kind', 'id', 'properties', 'tool'] },
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: named(
      'modify-object',
      fc.record({
        pool,
        kind: fc.constant(applicationSettingsKind),
        id: fc.constant(applicationSettingsKind),
        properties: fc.record({ agentRingbackGracePeriod: fc.constantFrom(30, 60, 601, null) }),
        tool,
      }),
    ),
  },
  { weight: 1, arbitrary: named('remove-object', fc.record({ pool, kind, id, tool })) },
  {
    weight: 3,
    arbitrary: named(
      'record-export',
      fc.record(
        {
          pool,
          owner: pool,
          fileName: fc.constantFrom('a.zip', 'b.zip', 'A.zip'),
          removeExported: fc.boolean(),
        },
        { requiredKeys: ['pool'] },
      ),
    ),
  },
  {
    weight: 4,
    arbitrary: named(
      'import-response-groups',
      fc.record(
        {
          destination: pool,
          exportId: fc.constantFrom('1', '2', '3', '4', '5', '6').map((n) => `export-${n}`),
          overwriteOwner: fc.boolean(),
          replaceExistingSettings: fc.boolean(),
          resolveNameConflicts: fc.boolean(),
        },
        { requiredKeys: ['destination', 'exportId'] },
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('sign-in-agent' as const, 'sign-out-agent' as const), pool, id)
      .map(([say, at, agentGroup]) => ({ name: say, body: { agent: ann, pool: at, agentGroup } })),
  },
  {
    weight: 2,
    arbitrary: named(
      'move-agent',
      fc.record({ agent: fc.constant(ann), homePool: pool, force: fc.boolean() }),
    ),
  },
  {
    weight: 2,
    arbitrary: named('report-call-arrived', fc.record({ callId: id, pool, responseGroup: id })),
  },
  {
    weight: 1,
    arbitrary: named('report-call-connected', fc.record({ callId: id, agent: fc.constant(ann) })),
  },
  { weight: 1, arbitrary: named('report-call-ended', fc.record({ callId: id })) },
  {
    weight: 1,
    arbitrary: named('place-call-on-behalf', fc.record({ agent: fc.constant(ann), pool, responseGroup: id })),
  },
);

const aPair = () =>
  new World().happened([
    paired,
    annIsHomedIn(poolA),
    createdInFull(poolA, { kind: 'workflow', id: 'one', name: 'One' }),
    createdInFull(poolA, { kind: 'agent-group', id: 'one', name: 'One' }),
    createdInFull(poolB, { kind: 'queue', id: 'two', name: 'Two' }),
  ]);

const idFor = (world: World, given: Command): string => {
  if (given.name === 'record-export') return `export-${(world.pair?.exports.size ?? 0) + 1}`;
  return `new-${world.position}`;
};

describe('Any command', () => {
  it('that comes twice emits nothing the second time, whatever came before', () => {
    const accepted = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(command, { minLength: 40, maxLength: 120, size: 'max' }), (commands) => {
        const world = aPair();
        for (const step of commands) {
          const given = commandOf(world, step);
          const newId = idFor(world, given);
          const decision = world.decide(given, newId);
          if (decision.outcome !== 'accepted') continue;
          if (decision.events.length > 0) accepted.set(given.name, (accepted.get(given.name) ?? 0) + 1);
          world.happened(decision.events);
          // A call on behalf takes its id from the command; everything else must be recognised without one.
          const second = given.name === 'place-call-on-behalf' ? newId : `another-${newId}`;
          expect(world.decide(given, second)).toMatchObject({
            outcome: 'accepted',
            events: [],
            subject: decision.subject,
          });
        }
      }),
      { numRuns: runs(300) },
    );
    // The law says something only if every command was accepted at least once.
    const silent = [...stageChanges.map((change) => change.command), 'create-object', 'modify-object'].concat(
      ['remove-object', 'record-export', 'import-response-groups', 'choose-reading', 'report-call-arrived'],
      ['sign-in-agent', 'place-call-on-behalf', 'move-agent', 'choose-route', 'replace-pool'],
    );
    expect(silent.filter((commandName) => !accepted.has(commandName))).toEqual([]);
  });

  it('leaves the facts as they are until its events have happened', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20, size: 'max' }), (commands) => {
        const world = aPair();
        for (const step of commands) {
          const given = commandOf(world, step);
          const before = structuredClone(world.pair);
          const decision = world.decide(given, idFor(world, given));
          expect(world.pair).toEqual(before);
          if (decision.outcome === 'accepted') world.happened(decision.events);
        }
      }),
      { numRuns: runs(30) },
    );
  });

  it('leaves every copy with an owner, and a host, that is a pool of the pair', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 80, size: 'max' }), (commands) => {
        const world = aPair();
        for (const step of commands) {
          const given = commandOf(world, step);
          const decision = world.decide(given, idFor(world, given));
          if (decision.outcome === 'accepted') world.happened(decision.events);
          const pools = world.pair?.pools.map(({ fqdn }) => fqdn) ?? [];
          for (const { owner, parent } of world.pair?.copies.values() ?? []) {
            expect(pools).toContain(owner);
            expect(pools).toContain(parent);
          }
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('leaves at most one object of a kind with a name on each pool', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60, size: 'max' }), (commands) => {
        const world = aPair();
        for (const step of commands) {
          const given = commandOf(world, step);
          const decision = world.decide(given, idFor(world, given));
          if (decision.outcome === 'accepted') world.happened(decision.events);
        }
        const names = [...(world.pair?.copies.values() ?? [])].map(
          (copy) => `${copy.parent}|${copy.kind}|${copy.name.toLowerCase()}`,
        );
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('An agent', () => {
  it('has a home that is a pool of a pair after any commands, and the last of all homes', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60, size: 'max' }), (commands) => {
        const world = aPair();
        for (const step of commands) {
          const given = commandOf(world, step);
          const before = world.agents.get(ann)?.homePool;
          const decision = world.decide(given, idFor(world, given));
          if (decision.outcome !== 'accepted') continue;
          world.happened(decision.events);
          const { homePool, homes = [] } = world.agents.get(ann) ?? {};
          expect(world.pair?.pools.map(({ fqdn }) => presentIn(world, fqdn))).toContain(
            presentIn(world, homePool ?? ''),
          );
          expect(homes.at(-1)?.pool).toBe(homePool);
          expect(homePool === before || given.name === 'move-agent').toBe(true);
        }
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('Whatever comes as properties', () => {
  const propertyNames = [
    'primaryUri',
    'defaultAction',
    'agentGroupIdList',
    'holidayList',
    'mondayHours1',
    '__proto__',
  ];
  const action = fc.letrec<{ action: unknown }>((tie) => ({
    action: fc.record(
      {
        action: fc.constantFrom('TransferToQuestion', 'TransferToQueue', 'Terminate', 3),
        queueId: fc.jsonValue(),
        prompt: fc.jsonValue(),
        question: fc.record({
          prompt: fc.constant({ textToSpeechPrompt: 'Yes?' }),
          answerList: fc.array(fc.record({ dtmfResponse: fc.constant('1'), action: tie('action') }), {
            maxLength: 2,
          }),
        }),
      },
      { requiredKeys: ['action'] },
    ),
  })).action;
  const garbage = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom(...propertyNames),
      fc.oneof(fc.jsonValue(), action, fc.string({ unit: 'binary' })),
    ),
    fc.anything(),
  );

  it('never throws, and every error points into the properties', () => {
    fc.assert(
      fc.property(fc.constantFrom(...objectKinds, applicationSettingsKind), garbage, (of, given) => {
        for (const { errors } of [completeProperties(of, given), changedProperties(of, given)]) {
          for (const { pointer } of errors) expect(pointer).toMatch(/^\/properties(\/|$)/);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('is complete once it is right, and right again when it is checked again', () => {
    fc.assert(
      fc.property(kind, properties, (of, given) => {
        const once = completeProperties(of, given);
        if (once.errors.length === 0) expect(completeProperties(of, once.properties)).toEqual(once);
      }),
    );
  });
});
