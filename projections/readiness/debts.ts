/** What is still open when an incident is closed: told with the answer, and by readiness until it is settled. */
import type { AgentFacts } from '../../facts/agent.js';
import type { PairFacts } from '../../facts/pair.js';
import { few } from '../../policy/texts/few.js';
import { signInDebt } from './agents.js';
import { partnersSettingsOverwritten, settingsToBringHome } from './application-settings.js';
import { databaseStillUnavailable } from './database.js';
import type { Finding } from './finding.js';
import { agentsOfLostPool, inFileAlone, lostForGood, notOnNewPool, settingsOfLostPool } from './in-place.js';
import { readinessContextOf, type ReadinessContext } from './readiness-context.js';
import { createdOnBackup, toBringHome } from './stand-in.js';

/** `code` is the id of the finding. */
export interface Debt {
  readonly code: string;
  readonly detail: string;
}

export const debtsOf = (context: ReadinessContext): readonly Debt[] =>
  [
    ...(context.pool.replaces === undefined
      ? [toBringHome]
      : [agentsOfLostPool, lostForGood, inFileAlone, settingsOfLostPool, notOnNewPool]),
    settingsToBringHome,
    signInDebt,
    partnersSettingsOverwritten,
    databaseStillUnavailable,
    createdOnBackup,
  ]
    .flatMap((rule) => rule(context))
    .map(debtOf);

/** @param agents null where it cannot be said who is signed in */
export function debtsOnClosing(
  pair: PairFacts,
  pool: string,
  agents: ReadonlyMap<string, AgentFacts> | null,
): readonly Debt[] {
  // None of them depends on the time.
  const context = readinessContextOf(pair, pool, agents ?? new Map(), { now: '', exportAgeTargetHours: 0 });
  if (context === null) return [];
  return debtsOf(context).filter(({ code }) => agents !== null || code !== 'sign-in-debt');
}

const debtOf = ({ id, detail, objects }: Finding): Debt => ({
  code: id,
  detail:
    objects.length === 0
      ? detail
      : `${detail} ${few(objects, { word: ({ kind, name }) => `${kind} "${name}"` })}.`,
});
