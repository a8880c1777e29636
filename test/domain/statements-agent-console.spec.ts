import { describe, it } from '@jest/globals';
import type { DocumentedStage } from '../../policy/stages.js';
import type { StatementId } from '../../policy/statements.js';
import { given } from '../support/given.js';
import { agents, createdAndImported, createdInFull } from '../support/objects.js';
import { ann, annIsHomedIn, paired, poolA, poolB, until } from '../support/story.js';

const signInAt = (pool: string) => ({ agent: ann, pool, agentGroup: 'agents' });

const stages: readonly (readonly [DocumentedStage, { primary: boolean; imported: boolean }])[] = [
  ['outage', { primary: false, imported: false }],
  ['failing-over', { primary: false, imported: true }],
  ['failed-over', { primary: false, imported: true }],
  ['failing-back', { primary: false, imported: true }],
  ['failed-back', { primary: true, imported: false }],
];

describe.each(stages)('%s', (stage, opens) => {
  const [primary, backup, imported]: readonly StatementId[] = [
    `${stage}/agent-console/1`,
    `${stage}/agent-console/2`,
    `${stage}/agent-console/3`,
  ];

  it(`${primary}: agents ${opens.primary ? '' : 'do not '}sign in to groups of the primary pool`, () => {
    const outcome = given(
      paired,
      annIsHomedIn(poolB),
      createdInFull(poolA, agents),
      until(poolA, stage),
    ).when('sign-in-agent', signInAt(poolA));
    if (opens.primary)
      outcome.then({ type: 'AgentSignedIn', data: signInAt(poolA) }).because(String(primary));
    else
      outcome.thenRefused({
        rule: 'console-closed',
        because: [String(primary)],
        detail: /Nobody can sign in/,
      });
  });

  it(`${backup}: agents sign in to groups of the backup pool`, () => {
    given(paired, annIsHomedIn(poolB), createdInFull(poolB, agents), until(poolA, stage))
      .when('sign-in-agent', signInAt(poolB))
      .then({ type: 'AgentSignedIn', data: signInAt(poolB) })
      .because(String(backup));
  });

  it(`${imported}: agents ${opens.imported ? 'sign in to' : 'do not see'} imported groups`, () => {
    const outcome = given(
      paired,
      annIsHomedIn(poolB),
      createdAndImported(poolA, agents),
      until(poolA, stage),
    ).when('sign-in-agent', signInAt(poolB));
    if (opens.imported)
      outcome.then({ type: 'AgentSignedIn', data: signInAt(poolB) }).because(String(imported));
    else
      outcome.thenRefused({ rule: 'console-closed', because: [String(imported)], detail: /does not show/ });
  });
});

describe('A refused sign-in says where to sign in instead', () => {
  it('at the imported copy, while the pool is failed over', () => {
    given(paired, annIsHomedIn(poolA), createdAndImported(poolA, agents), until(poolA, 'failed-over'))
      .when('sign-in-agent', signInAt(poolA))
      .thenRefused({ rule: 'console-closed', allowed: [`sign-in-agent ${poolB}`] });
  });
  it('at the pool itself, once it is back', () => {
    given(paired, annIsHomedIn(poolA), createdAndImported(poolA, agents), until(poolA, 'failed-back'))
      .when('sign-in-agent', signInAt(poolB))
      .thenRefused({ rule: 'console-closed', allowed: [`sign-in-agent ${poolA}`] });
  });
  it('nowhere yet, and what must happen first', () => {
    given(paired, annIsHomedIn(poolA), createdInFull(poolA, agents), until(poolA, 'failing-back'))
      .when('sign-in-agent', signInAt(poolA))
      .thenRefused({ rule: 'console-closed', allowed: ['complete-failback'] });
  });
});
