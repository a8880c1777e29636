/** Wherever an answer rests on a replica it says so, and by which document; of an imported copy nothing of it. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { agentConsole } from '../../projections/agent-console/fold.js';
import { agentConsoleView } from '../../projections/agent-console/view.js';
import { configurationHtml } from '../../projections/configuration/html.js';
import { configurationCsv } from '../../projections/configuration/rows.js';
import { configurationView } from '../../projections/configuration/view.js';
import { editabilityView } from '../../projections/editability/view.js';
import { visibilityView } from '../../projections/visibility/view.js';
import { objectAsked } from '../../projections/why/find.js';
import { judgement } from '../../projections/why/view.js';
import { recorded } from '../support/recorded.js';
import {
  agentGroup,
  agentRegistered,
  ann,
  arrived,
  imported,
  pairRegistered,
  poolA,
  poolB,
  until,
  workflow,
} from '../support/story.js';
import { CallsAfter, foldOf } from './folding.js';

const members = { participationPolicy: 'Formal', agentsByUri: [ann] };
const start = [
  pairRegistered(),
  agentRegistered(ann, poolA),
  workflow(poolA, 'help'),
  agentGroup(poolA, 'desk', members),
] as const;
const replicatedBefore: readonly PoolkeeperEvent[] = [
  { type: 'ReplicationSet', data: { pool: poolA, enabled: true, update: true, seeded: true } },
  { type: 'ReplicationReported', data: { pool: poolA, state: 'SteadyState' } },
];
const importedBefore = imported(poolA, [
  { kind: 'workflow', id: 'help', properties: { anonymous: false } },
  { kind: 'agent-group', id: 'desk', properties: members },
]);

/** How everything that speaks of the copies on the partner answers, once that stands in. */
function answers(brought: readonly PoolkeeperEvent[]) {
  const events = [...start, ...brought, ...until(poolA, 'failed-over'), arrived('call', poolA, 'help')];
  const calls = new CallsAfter(...events);
  const { pair } = calls.state;
  if (pair === null) throw new Error('There is no pair.');
  const there = <Entry extends { readonly parent: string }>(entries: readonly Entry[] = []) =>
    entries.filter(({ parent }) => parent === poolB);
  const asked = objectAsked(pair, 'desk');
  if (asked.outcome !== 'found') throw new Error('There is no group.');
  const why = judgement(pair, poolA, asked.copies, { tool: 'managementShell', agent: null })?.view;
  const view = configurationView(pair, poolA, new Map());
  const seen = there(visibilityView(pair, poolA)?.objects);
  return {
    copies: [
      ...seen,
      ...there(editabilityView(pair, poolA)?.objects),
      ...there(view?.responseGroups),
      ...there(why?.copies),
      ...there(agentConsoleView(foldOf(agentConsole, recorded(events)), ann)?.objects),
    ],
    answers: [
      why,
      ...seen.flatMap(({ agentConsole: console }) => console ?? []),
      calls.call('call'),
      ...calls.list(poolA),
      calls.row(poolA, 'new-calls', { imported: true }),
    ],
    others: [calls.row(poolA, 'new-calls', { imported: false })],
    csv: view === null ? '' : configurationCsv(view),
    html: view === null ? '' : configurationHtml(view, 'now'),
    sentence: why?.sentence ?? '',
  };
}

describe('Answers about copies on the partner', () => {
  it('say replica, and by which document, where the backup service keeps them there', () => {
    const { copies, answers: all, others, csv, html, sentence } = answers(replicatedBefore);
    expect(copies).toHaveLength(7);
    for (const copy of copies) expect(copy).toMatchObject({ replica: true, source: { id: 'replication' } });
    for (const answer of all) expect(answer).toMatchObject({ source: { id: 'replication' } });
    for (const other of others) expect(other).not.toHaveProperty('source');
    expect(csv.split('\r\n').filter((row) => row.endsWith(',replica'))).toHaveLength(1);
    expect(html).toContain(`Replica on ${poolB}, owned by ${poolA}. By: Back up Response Group Service`);
    expect(sentence).toContain(`the copy on ${poolB} is a replica`);
  });

  it('say replica and cite nothing, where a file alone shows them', () => {
    const shown = importedBefore.map((event): PoolkeeperEvent =>
      event.type === 'ResponseGroupsImported'
        ? {
            type: 'ReplicaShown',
            data: { exportId: event.data.exportId, pool: poolB, objects: event.data.objects },
          }
        : event,
    );
    const { copies, answers: all, csv, html } = answers(shown);
    for (const copy of copies) {
      expect(copy).toMatchObject({ replica: true });
      expect(copy).not.toHaveProperty('source');
    }
    for (const answer of all) expect(answer).not.toHaveProperty('source');
    expect(csv).toMatch(/,replica\r\n/);
    expect(html).toContain(`Replica on ${poolB}, owned by ${poolA}. Id help.`);
  });

  it('say nothing of it where an import brought them', () => {
    const { copies, answers: all, csv, html } = answers(importedBefore);
    for (const one of [...copies, ...all]) {
      expect(one).not.toHaveProperty('replica');
      expect(one).not.toHaveProperty('source');
    }
    expect(csv).toMatch(/,imported\r\n/);
    expect(html).toContain(`Copy on ${poolB}, owned by ${poolA}. Id help.`);
  });
});
