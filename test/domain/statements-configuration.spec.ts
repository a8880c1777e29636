import { describe, it } from '@jest/globals';
import type { Tool } from '../../events/vocabulary.js';
import type { DocumentedStage } from '../../policy/stages.js';
import type { StatementId } from '../../policy/statements.js';
import { given, type Outcome } from '../support/given.js';
import { createdAndImported, createdInFull, helpDesk } from '../support/objects.js';
import { paired, poolA, poolB, until } from '../support/story.js';

const graphicalTools: readonly Tool[] = ['controlPanel', 'configurationTool'];
const everyTool: readonly Tool[] = [...graphicalTools, 'managementShell'];
const switchedTo = (description: string) => ({ description });

describe.each<[DocumentedStage, string, readonly string[]]>([
  ['outage', 'not changed with any tool', ['end-outage']],
  ['failing-over', 'not changed with any tool', ['complete-failover', 'failback', 'complete-failback']],
  ['failed-over', 'not changed with any tool', ['failback', 'complete-failback']],
  ['failing-back', 'not changed with any tool', ['complete-failback']],
])('%s', (stage, sentence, allowed) => {
  const statement: StatementId = `${stage}/configuration/1`;

  it.each(everyTool)(`${statement}: what the primary pool owns is ${sentence} (%s)`, (tool) => {
    const story = () =>
      given(paired, createdInFull(poolA, helpDesk), until(poolA, stage, { backEndDatabase: 'available' }));
    const closed = { rule: 'configuration-closed', because: [statement], allowed };
    story()
      .when('modify-object', {
        pool: poolA,
        kind: 'workflow',
        id: 'help-desk',
        properties: switchedTo('x'),
        tool,
      })
      .thenRefused(closed);
    story()
      .when('remove-object', { pool: poolA, kind: 'workflow', id: 'help-desk', tool })
      .thenRefused(closed);
    story().when('create-object', { pool: poolA, kind: 'queue', name: 'New', tool }).thenRefused(closed);
    story()
      .when('modify-object', {
        pool: poolA,
        kind: 'application-settings',
        id: 'application-settings',
        properties: { disableCallContext: true },
        tool,
      })
      .thenRefused(closed);
  });
});

describe('failed-back', () => {
  it.each(everyTool)(
    'failed-back/configuration/1: what the primary pool owns is changed again (%s)',
    (tool) => {
      given(paired, createdInFull(poolA, helpDesk), until(poolA, 'failed-back'))
        .when('modify-object', {
          pool: poolA,
          kind: 'workflow',
          id: 'help-desk',
          properties: switchedTo('x'),
          tool,
        })
        .thenAccepted('ObjectModified')
        .because('failed-back/configuration/1');
    },
  );
});

describe.each<DocumentedStage>(['outage', 'failing-over', 'failed-over', 'failing-back'])('%s', (stage) => {
  it.each(everyTool)(
    `${stage}/configuration/2: what the backup pool owns is changed as usual (%s)`,
    (tool) => {
      const story = () => given(paired, createdInFull(poolB, helpDesk), until(poolA, stage));
      const edit = (outcome: Outcome) => outcome.because(`${stage}/configuration/2`);
      edit(
        story()
          .when('modify-object', {
            pool: poolB,
            kind: 'workflow',
            id: 'help-desk',
            properties: switchedTo('x'),
            tool,
          })
          .thenAccepted('ObjectModified'),
      );
      edit(
        story()
          .when('remove-object', { pool: poolB, kind: 'workflow', id: 'help-desk', tool })
          .thenAccepted('ObjectRemoved'),
      );
      edit(
        story()
          .when('create-object', { pool: poolB, kind: 'queue', name: 'New', tool })
          .thenAccepted('ObjectCreated'),
      );
    },
  );
});

describe('failed-back', () => {
  it.each(everyTool)(
    'failed-back/configuration/2: what the backup pool owns is changed as usual (%s)',
    (tool) => {
      given(paired, createdInFull(poolB, helpDesk), until(poolA, 'failed-back'))
        .when('modify-object', {
          pool: poolB,
          kind: 'workflow',
          id: 'help-desk',
          properties: switchedTo('x'),
          tool,
        })
        .thenAccepted('ObjectModified')
        .because('failed-back/configuration/2');
    },
  );
});

describe.each<DocumentedStage>(['outage', 'failing-over', 'failed-over', 'failing-back', 'failed-back'])(
  '%s',
  (stage) => {
    const statement: StatementId = `${stage}/configuration/3`;
    const story = () => given(paired, createdAndImported(poolA, helpDesk), until(poolA, stage));
    const edit = { pool: poolB, kind: 'workflow', id: 'help-desk', properties: switchedTo('x') } as const;

    it.each(graphicalTools)(`${statement}: what was imported is out of reach of the %s`, (tool) => {
      const closed = { rule: 'configuration-closed', because: [statement], allowed: ['managementShell'] };
      story()
        .when('modify-object', { ...edit, tool })
        .thenRefused(closed);
      story()
        .when('remove-object', { pool: poolB, kind: 'workflow', id: 'help-desk', tool })
        .thenRefused(closed);
    });

    it(`${statement}: what was imported is changed with the managementShell`, () => {
      story()
        .when('modify-object', { ...edit, tool: 'managementShell' })
        .thenAccepted('ObjectModified')
        .because(statement);
    });
  },
);
