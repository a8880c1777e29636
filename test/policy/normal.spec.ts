import { describe, expect, it } from '@jest/globals';
import { backEndDatabaseStates, type BackEndDatabaseState } from '../../events/vocabulary.js';
import {
  outcomeOnArrival,
  outcomeWhenStageBegins,
  outcomeOnBehalf,
  reachabilityOfAgent,
  type OpenCallClass,
} from '../../policy/calls.js';
import { configurationOf, consoleOf } from '../../policy/copies.js';
import { cellsOf } from '../../policy/experience/matrix.js';
import type { Ownership } from '../../policy/experience/types.js';
import { stages } from '../../policy/stages.js';

const inferred = { because: [], basis: 'inferred', inference: 'normal-operation' };

const named = {
  phase: { 'in-progress': 'not yet connected to an agent', connected: 'connected to an agent' },
  anonymous: (is: boolean) => (is ? 'An anonymous' : 'A regular'),
  imported: (is: boolean) => (is ? 'was imported' : 'was not imported'),
};

const openCalls = (['in-progress', 'connected'] as const).flatMap((phase) =>
  [false, true].flatMap((anonymous) =>
    [false, true].flatMap((imported) =>
      (['primary', 'backup'] as const).map((servedBy): [string, OpenCallClass] => [
        `${named.anonymous(anonymous)} call ${named.phase[phase]} that the ${servedBy} pool serves, of a group that ${named.imported(imported)},`,
        { phase, anonymous, imported, servedBy },
      ]),
    ),
  ),
);

const everyTool = (view: boolean, modify: boolean) => ({
  controlPanel: { view, modify },
  configurationTool: { view, modify },
  managementShell: { view, modify },
});

describe('While a pool is in normal operation', () => {
  it('everything is inferred, for the document does not speak of it', () => {
    for (const cell of cellsOf('normal')) expect(cell).toMatchObject({ statements: [], basis: 'inferred' });
  });

  it.each(
    cellsOf('normal')
      .filter(({ row }) => row === 'connected-calls' || row === 'in-progress-calls')
      .map(({ row, when, outcome }) => [row, JSON.stringify(when), outcome]),
  )('%s %s remain connected', (_row, _when, outcome) => {
    expect(outcome).toBe('remain-connected');
  });

  describe.each(['literal', 'survive'])('in the reading %s', (choice) => {
    it.each(openCalls)('%s goes on', (_name, call) => {
      expect(outcomeWhenStageBegins('normal', call, { 'calls-on-live-backup': choice })).toEqual({
        outcome: 'goes-on',
        ...inferred,
      });
    });
  });

  describe.each(stages)('and its partner in %s', (partnerStage) => {
    it.each([false, true])('a new call reaches the primary pool (group imported: %s)', (imported) => {
      expect(outcomeOnArrival('normal', imported, partnerStage)).toEqual({
        servedBy: 'primary',
        ...inferred,
      });
    });

    it.each([false, true])('a call on behalf of a group succeeds (group imported: %s)', (imported) => {
      expect(outcomeOnBehalf('normal', imported, partnerStage)).toEqual({ outcome: 'succeed', ...inferred });
    });
  });

  it('its agents are reachable', () => {
    expect(reachabilityOfAgent('normal', true)).toEqual({ reachability: 'reachable', ...inferred });
  });

  describe.each<BackEndDatabaseState>(backEndDatabaseStates)('with its database %s', (backEndDatabase) => {
    const governing = (ownership: Ownership) =>
      ({ stage: 'normal', ownership, backEndDatabase, hostStage: 'normal' }) as const;

    it.each<Ownership>(['primary', 'backup'])('groups of the %s pool are shown with sign-in', (ownership) => {
      expect(consoleOf(governing(ownership))).toEqual({ displayed: true, signIn: true, ...inferred });
    });

    it('imported groups are hidden', () => {
      expect(consoleOf(governing('imported'))).toEqual({ displayed: false, signIn: false, ...inferred });
    });

    it.each<Ownership>(['primary', 'backup'])(
      'configuration of the %s pool can be viewed and changed with every tool',
      (ownership) => {
        expect(configurationOf(governing(ownership))).toEqual({
          outcome: everyTool(true, true),
          ...inferred,
        });
      },
    );

    it('imported configuration can be viewed and changed by the Management Shell only', () => {
      expect(configurationOf(governing('imported'))).toEqual({
        outcome: { ...everyTool(false, false), managementShell: { view: true, modify: true } },
        ...inferred,
      });
    });
  });
});
