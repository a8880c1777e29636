import { describe, expect, it } from '@jest/globals';
import {
  commandsLegalIn,
  commandsToward,
  documentedStages,
  isDown,
  serves,
  stages,
  traitsOf,
} from '../../policy/stages.js';

describe('The stages of a pool', () => {
  it('let just these commands out of each', () => {
    const legal = Object.fromEntries(stages.map((stage) => [stage, commandsLegalIn(stage, {})]));
    expect(legal).toEqual({
      normal: ['declare-outage', 'initiate-failover'],
      outage: ['end-outage', 'initiate-failover'],
      'failing-over': ['complete-failover', 'fail-failover'],
      'failed-over': ['failback'],
      'failing-back': ['complete-failback', 'fail-failback'],
      'failed-back': ['declare-outage', 'initiate-failover', 'close-incident'],
    });
  });

  it('name the shortest way to where a pool is up, never by way of a failure', () => {
    const up = (stage: (typeof stages)[number]) => !isDown(stage);
    expect(commandsToward('outage', up, {})).toEqual(['end-outage']);
    expect(commandsToward('failing-over', up, {})).toEqual(['complete-failover', 'failback']);
    expect(commandsToward('normal', up, {})).toEqual([]);
    expect(commandsToward('failing-back', (stage) => stage === 'failed-back', {})).toEqual([
      'complete-failback',
    ]);
  });

  it('are six, of which the document has a column for five', () => {
    expect(stages).toEqual([
      'normal',
      'outage',
      'failing-over',
      'failed-over',
      'failing-back',
      'failed-back',
    ]);
    expect(documentedStages).toEqual(stages.slice(1));
  });

  it('have the pool down until failback begins, and serving its own again once it is complete', () => {
    expect(stages.filter(isDown)).toEqual(['outage', 'failing-over', 'failed-over']);
    expect(stages.filter(serves)).toEqual(['normal', 'failed-back']);
  });

  it('have formal agents sign in again where a failover or a failback has ended', () => {
    const asked = stages.flatMap((stage) => {
      const { signInAgain } = traitsOf(stage);
      return signInAgain === null ? [] : [[stage, signInAgain]];
    });
    expect(asked).toEqual([
      ['failed-over', 'imported'],
      ['failed-back', 'own'],
    ]);
  });
});
