/** Texts of the replication of what a pool owns to its partner. */
import type { AnswerOf } from '../../../src/contract/answers.js';

type Replication = NonNullable<Extract<AnswerOf<'pool'>, { stage: string }>['replication']>;

export const replicationTexts = {
  title: 'Replication',
  direction: (from: string, to: string) => `Replication ${from} → ${to}`,
  switches: { true: 'switched on', false: 'switched off', null: 'not known whether it is switched on' },
  noUpdate: 'the pool lacks the update that brings it',
  notSeeded: 'what the pool had before was not seeded',
  reported: 'reported',
  neverReported: 'no status was reported',
  lastGood: 'All that it owns is on its partner up to',
  neverGood: 'It was never reported to be complete.',
} as const;

/** The words of the status check, and what they mean. */
export const replicationStateNames: Readonly<Record<NonNullable<Replication['state']>, string>> = {
  NotInitialized: 'not initialized',
  NonSteadyState: 'catching up (NonSteadyState)',
  SteadyState: 'in steady state',
  FinalState: 'in final state',
  ErrorState: 'in error state',
};
