/** What is printed for each version of the product, on every way that a failover can take. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { productVersions, services, type ProductVersion } from '../../../events/vocabulary.js';
import { stages } from '../../../policy/stages.js';
import { versions } from '../../../policy/versions.js';
import { callsIn, lackingIn, unknownIn } from '../../support/powershell.js';
import {
  agentGroup,
  agentRegistered,
  importedWorkflow,
  pairRegistered,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  routeChosen,
  replacementCompleted,
  until,
  workflow,
} from '../../support/story.js';
import type { Told } from '../../support/recorded.js';
import { after, type After } from './asking.js';

const kim = 'sip:kim@contoso.com';
const lee = 'sip:lee@contoso.com';
const people: readonly Told[] = [
  workflow(poolA, 'help'),
  ...importedWorkflow(poolA, 'help'),
  agentGroup(poolA, 'team', { participationPolicy: 'Formal', agentsByUri: [kim, lee, 'sip:x@contoso.com'] }),
  agentRegistered(kim, poolA),
  agentRegistered(lee, poolA),
  { type: 'AgentMoved', data: { agent: lee, from: poolA, homePool: poolB } },
  { type: 'AgentListed', data: { agent: kim, listed: true, enabled: false, enterpriseVoice: false } },
];
const stopped = services.map((service): PoolkeeperEvent => ({
  type: 'ServiceReported',
  data: { pool: poolA, service, state: 'stopped' },
}));
const replicated: readonly PoolkeeperEvent[] = [
  { type: 'ReplicationSet', data: { pool: poolA, enabled: true, update: true, seeded: false } },
  { type: 'ReplicationReported', data: { pool: poolA, state: 'SteadyState' } },
  { type: 'ReplicationReported', data: { pool: poolB, state: 'ErrorState', importState: 'ErrorState' } },
];
const begun = (version: ProductVersion): readonly PoolkeeperEvent[] => {
  const registered = pairRegistered();
  return [registered, { type: 'VersionSet', data: { pool: poolA, version } }];
};

/** Each way at each of its points, seen from the pool and from its partner. */
function everyPointOf(version: ProductVersion): readonly After[] {
  const start = [begun(version), people];
  const away = [...start, until(poolA, 'failed-over')];
  const lost = [...away, routeChosen(poolA, poolC), poolReplaced()];
  const replication = versions[version].replicates ? [replicated] : [];
  const points = [
    ...[[], [stopped], ...replication].flatMap((more) =>
      stages.map((stage) => after(...start, ...more, stage === 'normal' ? [] : until(poolA, stage))),
    ),
    after(...away, routeChosen(poolA, poolC)),
  ];
  const onNewPool = [after(...lost), after(...lost, replacementCompleted())].map((one) => one.from(poolC));
  return [...points, ...onNewPool].flatMap((one) => [one, one.from(poolB)]);
}

const linesOf = ({ readiness, runbook }: After): readonly string[] => [
  ...readiness.findings.flatMap(({ action }) => action.powershell),
  ...runbook.steps.flatMap(({ powershell, verify }) => [...powershell, ...verify.powershell]),
];

describe.each(productVersions)('Of version %s, readiness and runbook', (version) => {
  const lines = everyPointOf(version).flatMap(linesOf);

  it('print no cmdlet, and no switch of one, that it lacks: back home, to a new pool, for users and for services', () => {
    for (const line of lines)
      expect({ line, wrong: [...lackingIn(line, version), ...unknownIn(line)] }).toEqual({ line, wrong: [] });
  });

  it('print what those ways need, so that the law says something', () => {
    const cmdlets = new Set(lines.flatMap(callsIn).map(({ cmdlet }) => cmdlet));
    const always = [
      'Invoke-CsPoolFailBack',
      'Move-CsUser',
      'Start-CsWindowsService',
      'Import-CsRgsConfiguration',
    ];
    for (const cmdlet of always) expect([...cmdlets]).toContain(cmdlet);
    expect(cmdlets.has('Get-CsBackupServiceStatus')).toBe(versions[version].replicates);
  });
});
