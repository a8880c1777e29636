import { describe, it } from '@jest/globals';
import type { DocumentedStage } from '../../policy/stages.js';
import type { StatementId } from '../../policy/statements.js';
import { given } from '../support/given.js';
import {
  agents,
  ann,
  annIsHomedIn,
  B,
  created,
  createdAndImported,
  P,
  paired,
  reaching,
} from '../support/story.js';

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
    const outcome = given(paired, annIsHomedIn(B), created(P, agents), reaching(stage)).when(
      'sign-in-agent',
      signInAt(P),
    );
    if (opens.primary) outcome.then({ type: 'AgentSignedIn', data: signInAt(P) }).because(String(primary));
    else
      outcome.thenRefused({
        rule: 'console-closed',
        because: [String(primary)],
        detail: /Nobody can sign in/,
      });
  });

  it(`${backup}: agents sign in to groups of the backup pool`, () => {
    given(paired, annIsHomedIn(B), created(B, agents), reaching(stage))
      .when('sign-in-agent', signInAt(B))
      .then({ type: 'AgentSignedIn', data: signInAt(B) })
      .because(String(backup));
  });

  it(`${imported}: agents ${opens.imported ? 'sign in to' : 'do not see'} imported groups`, () => {
    const outcome = given(paired, annIsHomedIn(B), createdAndImported(P, agents), reaching(stage)).when(
      'sign-in-agent',
      signInAt(B),
    );
    if (opens.imported) outcome.then({ type: 'AgentSignedIn', data: signInAt(B) }).because(String(imported));
    else
      outcome.thenRefused({ rule: 'console-closed', because: [String(imported)], detail: /does not show/ });
  });
});

describe('A refused sign-in says where to sign in instead', () => {
  it('at the imported copy, while the pool is failed over', () => {
    given(paired, annIsHomedIn(P), createdAndImported(P, agents), reaching('failed-over'))
      .when('sign-in-agent', signInAt(P))
      .thenRefused({ rule: 'console-closed', allowed: [`sign-in-agent ${B}`] });
  });
  it('at the pool itself, once it is back', () => {
    given(paired, annIsHomedIn(P), createdAndImported(P, agents), reaching('failed-back'))
      .when('sign-in-agent', signInAt(B))
      .thenRefused({ rule: 'console-closed', allowed: [`sign-in-agent ${P}`] });
  });
  it('nowhere yet, and what must happen first', () => {
    given(paired, annIsHomedIn(P), created(P, agents), reaching('failing-back'))
      .when('sign-in-agent', signInAt(P))
      .thenRefused({ rule: 'console-closed', allowed: ['complete-failback'] });
  });
});
