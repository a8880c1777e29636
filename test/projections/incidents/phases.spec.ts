import { describe, expect, it } from '@jest/globals';
import type { ProductVersion } from '../../../events/vocabulary.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import {
  agentGroup,
  agentRegistered,
  arrived,
  connected,
  failbackCompleted,
  failbackFailed,
  failbackInitiated,
  failoverCompleted,
  failoverFailed,
  failoverInitiated,
  imported,
  incidentClosed,
  modified,
  removed,
  outage,
  outageEnded,
  paired,
  pairId,
  poolA,
  poolB,
  signedIn,
  workflow,
} from '../../support/story.js';
import type { Told } from '../../support/recorded.js';
import { at, incidentAfter, incidentsAfter, minutes, phaseIn, then } from './support.js';

const agents = ['ann', 'ben', 'cem', 'dee'].map((name) => `sip:${name}@contoso.com`);
const formal = { participationPolicy: 'Formal', agentsByUri: agents };
const desk = { kind: 'workflow', id: 'help', properties: { anonymous: false } } as const;
const team = { kind: 'agent-group', id: 'team', properties: formal } as const;

/** A pool with a response group and four agents, three of whom are signed in. */
const morning: readonly Told[] = [
  then('07:00', paired),
  then('07:01', workflow(poolA, 'help')),
  then('07:02', agentGroup(poolA, 'team', formal)),
  ...agents.map((agent) => then('07:03', agentRegistered(agent, poolB))),
  ...agents.slice(0, 3).map((agent) => then('08:00', signedIn(agent, poolA, 'team'))),
];

const exported = (clock: string, exportId = 'night'): Told => {
  const [file] = imported(poolA, [desk, team], exportId);
  return then(clock, file as PoolkeeperEvent);
};
const importedAt = (clock: string, exportId = 'night'): Told => {
  const [, event] = imported(poolA, [desk, team], exportId);
  return then(clock, event as PoolkeeperEvent, { actor: 'imogen' });
};

const failedOver: readonly Told[] = [
  ...morning,
  exported('01:00'),
  then('10:00', outage(poolA), { recorded: '10:04', actor: 'olga' }),
  then('10:15', failoverInitiated(poolA), { actor: 'fay' }),
  then('10:20', failoverFailed(poolA), { actor: 'fay' }),
  then('10:25', failoverInitiated(poolA), { actor: 'fay' }),
  then('10:31', failoverCompleted(poolA), { actor: 'carl' }),
];

const stoodIn: readonly Told[] = [
  ...failedOver,
  importedAt('10:40'),
  then('10:42', signedIn(agents[0] ?? '', poolB, 'team')),
  then('10:43', signedIn(agents[3] ?? '', poolB, 'team')),
  then('10:45', signedIn(agents[1] ?? '', poolB, 'team')),
  then('10:46', arrived('first', poolA, 'help')),
  then('10:47', connected('first', agents[0]), { actor: 'agent' }),
  then('10:50', signedIn(agents[2] ?? '', poolB, 'team'), { actor: 'cem' }),
];

const cameHome: readonly Told[] = [
  ...stoodIn,
  then('14:00', failbackInitiated(poolA)),
  then('14:05', failbackFailed(poolA)),
  then('14:10', failbackInitiated(poolA)),
  then('14:30', failbackCompleted(poolA), { actor: 'hans' }),
  then('15:00', incidentClosed(poolA), { actor: 'zoe' }),
];

describe('The phases of an incident', () => {
  it('are told with begin, end, length and who ended each, failed tries among them', () => {
    const incident = incidentAfter(...cameHome);
    expect(incident).toMatchObject({
      id: `${pairId}-1`,
      pool: poolA,
      partner: poolB,
      kind: 'real',
      reason: 'power',
      opened: at('10:00'),
      closed: at('15:00'),
      stage: 'normal',
    });
    expect(incident.phases).toEqual([
      { name: 'detected', from: at('10:00'), to: at('10:04'), milliseconds: minutes(4), by: 'olga' },
      { name: 'decided', from: at('10:04'), to: at('10:15'), milliseconds: minutes(11), by: 'fay' },
      {
        name: 'failing-over',
        from: at('10:15'),
        to: at('10:31'),
        milliseconds: minutes(16),
        by: 'carl',
        attempts: [
          { from: at('10:15'), to: at('10:20'), outcome: 'failed', by: 'fay', reason: 'cmdlet failed' },
          { from: at('10:25'), to: at('10:31'), outcome: 'completed', by: 'fay', reason: null },
        ],
      },
      { name: 'imported', from: at('10:31'), to: at('10:40'), milliseconds: minutes(9), by: 'imogen' },
      {
        name: 'first-call-served',
        from: at('10:31'),
        to: at('10:47'),
        milliseconds: minutes(16),
        by: 'agent',
      },
      {
        name: 'agents-back',
        from: at('10:40'),
        to: at('10:50'),
        milliseconds: minutes(10),
        by: 'cem',
        signedIn: 3,
        back: 3,
        first: at('10:42'),
        half: at('10:45'),
        all: at('10:50'),
      },
      {
        name: 'failing-back',
        from: at('14:00'),
        to: at('14:30'),
        milliseconds: minutes(30),
        by: 'hans',
        attempts: [
          expect.objectContaining({ outcome: 'failed', reason: 'hydration' }),
          expect.objectContaining({ outcome: 'completed' }),
        ],
      },
      { name: 'home', from: at('14:30'), to: at('14:30'), milliseconds: 0, by: 'hans' },
      { name: 'cleaned-up', from: at('14:30'), to: at('15:00'), milliseconds: minutes(30), by: 'zoe' },
    ]);
  });

  it('have no end while they go on', () => {
    const incident = incidentAfter(...failedOver);
    expect(incident).toMatchObject({ closed: null, stage: 'failed-over' });
    for (const name of ['imported', 'agents-back', 'first-call-served'] as const)
      expect(phaseIn(incident, name)).toMatchObject({ from: at('10:31'), to: null, milliseconds: null });
    expect(phaseIn(incident, 'failing-back')).toBeUndefined();
  });

  it('say that an outage was recorded late, where the next step had been taken by then', () => {
    const incident = incidentAfter(
      ...morning,
      then('10:00', outage(poolA), { recorded: '16:00' }),
      then('10:15', failoverInitiated(poolA), { recorded: '16:01' }),
    );
    expect(phaseIn(incident, 'detected')).toMatchObject({ to: at('16:00'), recordedLate: true });
    expect(phaseIn(incident, 'decided')).toMatchObject({ from: at('10:00'), to: at('10:15') });
  });

  it('begin with the failover where it was planned', () => {
    const incident = incidentAfter(...morning, then('10:15', failoverInitiated(poolA, false)));
    expect(incident.phases.map(({ name }) => name)).toEqual(['failing-over']);
    expect(incident.opened).toBe(at('10:15'));
  });

  it('end with the outage that was over by itself', () => {
    const incident = incidentAfter(
      ...morning,
      then('10:00', outage(poolA), { recorded: '10:04' }),
      then('10:12', outageEnded(poolA), { actor: 'hans' }),
    );
    expect(incident.phases.map(({ name }) => name)).toEqual(['detected', 'home']);
    expect(phaseIn(incident, 'home')).toMatchObject({ from: at('10:04'), to: at('10:12'), by: 'hans' });
    expect(incident.recoveryTime).toMatchObject({ milliseconds: minutes(12) });
  });

  it('belong to the incident that they are of, where the pool fails again before the first is closed', () => {
    const [first, second] = incidentsAfter(
      ...cameHome.slice(0, -1),
      then('14:45', outage(poolA), { recorded: '14:46' }),
    );
    expect(first).toMatchObject({ closed: at('14:45'), stage: 'failed-back' });
    expect(first && phaseIn(first, 'cleaned-up')).toMatchObject({ to: null });
    expect(second).toMatchObject({ opened: at('14:45'), closed: null, stage: 'outage' });
    expect(second?.phases.map(({ name }) => name)).toEqual(['detected', 'imported', 'decided']);
  });

  it('show an import ahead of need as done when the incident began', () => {
    const incident = incidentAfter(
      ...morning,
      exported('01:00'),
      importedAt('02:00'),
      then('10:00', outage(poolA), { recorded: '10:04' }),
      then('10:15', failoverInitiated(poolA)),
      then('10:31', failoverCompleted(poolA)),
    );
    expect(phaseIn(incident, 'imported')).toEqual({
      name: 'imported',
      from: at('10:00'),
      to: at('10:00'),
      milliseconds: 0,
      by: 'imogen',
      preStaged: true,
    });
    expect(incident.recoveryTime).toMatchObject({ milliseconds: minutes(31) });
  });

  it('show no import where the backup service had brought it all, whatever is switched off afterwards', () => {
    const replicating = (enabled: boolean): PoolkeeperEvent => ({
      type: 'ReplicationSet',
      data: { pool: poolA, enabled },
    });
    const steady: PoolkeeperEvent = {
      type: 'ReplicationReported',
      data: { pool: poolA, state: 'SteadyState' },
    };
    const course: readonly Told[] = [
      ...morning,
      exported('07:30'),
      importedAt('07:40'),
      then('08:00', replicating(true)),
      then('09:50', steady),
      then('10:00', outage(poolA), { recorded: '10:04' }),
      then('10:15', failoverInitiated(poolA)),
      then('10:31', failoverCompleted(poolA)),
    ];
    const measured = {
      recoveryTime: { milliseconds: minutes(31) },
      recoveryPoint: { milliseconds: minutes(10) },
    };
    const incident = incidentAfter(...course);
    expect(incident).toMatchObject(measured);
    expect(phaseIn(incident, 'imported')).toBeUndefined();
    const over = incidentAfter(
      ...course,
      then('12:00', failbackInitiated(poolA)),
      then('12:30', failbackCompleted(poolA)),
      then('13:00', incidentClosed(poolA)),
      then('15:00', replicating(false)),
    );
    expect(over).toMatchObject(measured);
    expect(phaseIn(over, 'imported')).toBeUndefined();
    const off = incidentAfter(
      ...morning,
      then('08:00', replicating(true)),
      then('09:50', steady),
      then('09:55', replicating(false)),
      ...course.slice(-3),
    );
    expect(phaseIn(off, 'imported')).toMatchObject({ from: at('10:31'), to: null });
  });
});

describe('What was changed on the backup pool', () => {
  const edited: readonly Told[] = [
    ...stoodIn,
    then('11:00', modified(poolB, 'workflow', 'help', { anonymous: true })),
    then('14:00', failbackInitiated(poolA)),
    then('14:30', failbackCompleted(poolA)),
  ];

  it('is not home until it is imported there', () => {
    const incident = incidentAfter(...edited);
    expect(incident.notHome).toMatchObject([{ kind: 'workflow', id: 'help', parent: poolB }]);
    expect(phaseIn(incident, 'home')).toMatchObject({ from: at('14:30'), to: null });
  });

  it('stays on the account of its incident after that is closed', () => {
    const incident = incidentAfter(...edited, then('15:00', incidentClosed(poolA)));
    expect(incident.notHome).toMatchObject([{ id: 'help' }]);
    expect(phaseIn(incident, 'home')).toMatchObject({ to: null });
  });

  it('is told of where it was removed there alone, which no import brings home', () => {
    const cleared = [
      ...stoodIn,
      then('11:00', removed(poolB, 'workflow', 'help')),
      then('14:00', failbackInitiated(poolA)),
      then('14:30', failbackCompleted(poolA)),
    ];
    const [object] = incidentAfter(...cleared).notHome;
    expect(object).toMatchObject({
      id: 'help',
      parent: poolB,
      changed: { occurredAt: at('11:00') },
    });
    expect(incidentAfter(...cleared, then('15:00', removed(poolA, 'workflow', 'help'))).notHome).toEqual([]);
  });

  it('is home with the import', () => {
    const home = {
      exportId: 'home',
      objects: [{ kind: 'workflow', id: 'help', name: 'help', owner: poolA }],
    };
    const incident = incidentAfter(
      ...edited,
      then('14:40', {
        type: 'ResponseGroupsExported',
        data: {
          ...home,
          pool: poolB,
          owner: poolA,
          fileName: 'home.zip',
          removeExported: false,
          objects: [
            { kind: 'workflow', id: 'help', name: 'help', owner: poolA, properties: { anonymous: true } },
          ],
          applicationSettings: {},
        },
      }),
      then(
        '14:50',
        {
          type: 'ResponseGroupsImported',
          data: {
            exportId: 'home',
            destination: poolA,
            overwriteOwner: false,
            replaceExistingSettings: false,
            resolveNameConflicts: false,
            objects: [{ kind: 'workflow', id: 'help', name: 'help', owner: poolA }],
          },
        },
        { actor: 'hans' },
      ),
    );
    expect(incident.notHome).toEqual([]);
    expect(phaseIn(incident, 'home')).toMatchObject({
      to: at('14:50'),
      milliseconds: minutes(20),
      by: 'hans',
    });
    expect(incident.steps.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['export-homeward', 'import-homeward']),
    );
  });
});

describe('An incident is measured', () => {
  const targets = { recoveryTime: minutes(30), recoveryPoint: minutes(600) };
  const aimed = (events: readonly Told[]): readonly Told[] => [
    ...events.slice(0, 1),
    then('07:00', { type: 'TargetsSet', data: { pool: poolA, ...targets } }),
    ...events.slice(1),
  ];

  it('by the time until the backup pool had the response groups, against the target', () => {
    expect(incidentAfter(...aimed(cameHome)).recoveryTime).toEqual({
      milliseconds: minutes(40),
      target: minutes(30),
      met: false,
      from: at('10:00'),
      to: at('10:40'),
    });
  });

  it('against what is documented for the version of the product, where no target was ever set', () => {
    const of = (version: ProductVersion, ...more: readonly Told[]) =>
      incidentAfter(
        ...cameHome.slice(0, 1),
        then('06:00', { type: 'VersionSet', data: { pool: poolA, version } }),
        ...more,
        ...cameHome.slice(1),
      );
    expect(of('2013')).toMatchObject({
      recoveryTime: { target: minutes(30), met: false, documentedIn: 'recovery-times' },
      recoveryPoint: { target: minutes(30), met: false, documentedIn: 'recovery-times' },
    });
    expect(of('subscription').recoveryTime).toMatchObject({
      target: minutes(20),
      documentedIn: 'disaster-recovery',
    });
    const set = of(
      '2019',
      then('07:00', { type: 'TargetsSet', data: { pool: poolA, ...targets, recoveryPoint: null } }),
    );
    expect(set.recoveryTime).toMatchObject({ target: minutes(30) });
    expect(set.recoveryTime).not.toHaveProperty('documentedIn');
    expect(set.recoveryPoint).toMatchObject({ target: null, met: null });
  });

  it('by the age of the export that stood in', () => {
    expect(incidentAfter(...aimed(cameHome)).recoveryPoint).toEqual({
      milliseconds: minutes(540),
      target: minutes(600),
      met: true,
      from: at('01:00'),
      to: at('10:00'),
    });
  });

  it('as losing nothing where the export was made after the pool went down', () => {
    const incident = incidentAfter(...failedOver, exported('10:33', 'rescue'), importedAt('10:40', 'rescue'));
    expect(incident.recoveryPoint).toMatchObject({ milliseconds: 0, target: null, met: null });
    expect(incident.steps.map(({ id }) => id)).toContain('rescue-export');
  });

  it('as having nothing to go back to where it was never exported', () => {
    const incident = incidentAfter(...aimed(morning), then('10:00', outage(poolA)));
    expect(incident.recoveryPoint).toMatchObject({ milliseconds: null, met: false });
  });

  it('by what was aimed at when it was over, whatever is aimed at later', () => {
    const later = then('16:00', {
      type: 'TargetsSet',
      data: { pool: poolB, recoveryTime: minutes(60), recoveryPoint: null },
    });
    expect(incidentAfter(...aimed(cameHome), later).recoveryTime).toMatchObject({ target: minutes(30) });
    expect(incidentAfter(...cameHome, later).recoveryTime).toMatchObject({ target: minutes(60), met: true });
    expect(incidentAfter(...aimed(stoodIn), later).recoveryTime).toMatchObject({ target: minutes(60) });
  });
});
