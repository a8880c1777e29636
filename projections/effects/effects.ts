/** What changes between two states of a pair, as people and their calls meet it. */
import type { AgentFacts } from '../../facts/agent.js';
import { poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import type { Stage } from '../../policy/stages.js';
import type { OwnerCalls } from '../call-status/state.js';
import { callEffects, withdrawnCalls, type CallEffects } from './calls.js';
import { consoleEffects, type ConsoleEffect } from './consoles.js';
import { changesBetween, type EditabilityEffect, type VisibilityEffect } from './copies.js';

/** All that effects are taken from. Two of them must not share what a fold changes. */
export interface PairState {
  /** Null before the pair is registered, and once it is not any more. */
  readonly pair: PairFacts | null;
  readonly owners: readonly OwnerCalls[];
  /** Agents whose sign-ins may matter; those of other pairs change nothing. */
  readonly agents: Iterable<AgentFacts>;
}

/** A pair before something, and after it. */
export interface PairSides {
  readonly before: PairState;
  readonly after: PairState;
}

export interface StageEffect {
  readonly pool: string;
  /** Null where the pair is not registered. */
  readonly from: Stage | null;
  readonly to: Stage | null;
}

/** Lists and counts are of both pools of the pair: each entry says whose it is. */
export interface Effects {
  /** Absent where no stage changes. */
  readonly stage?: StageEffect;
  readonly visibility: readonly VisibilityEffect[];
  readonly editability: readonly EditabilityEffect[];
  readonly agentConsole: readonly ConsoleEffect[];
  readonly calls: CallEffects;
}

/** @param fqdn the pool that a change of both stages is told of, as where the pair is registered */
export function effectsBetween(fqdn: string, before: PairState, after: PairState): Effects {
  const stage = stageBetween(fqdn, before.pair, after.pair);
  const { visibility, editability } = changesBetween(before.pair, after.pair);
  return {
    ...(stage === null ? {} : { stage }),
    visibility,
    editability,
    agentConsole: consoleEffects(before, after),
    calls: callEffects(before, after),
  };
}

/** Other events only add to what is cut off, so that only a correction withdraws it. */
export function effectsOfCorrection(fqdn: string, before: PairState, after: PairState): Effects {
  const effects = effectsBetween(fqdn, before, after);
  const withdrawn = withdrawnCalls(before, after);
  return withdrawn === 0 ? effects : { ...effects, calls: { ...effects.calls, withdrawn } };
}

/** No event changes the stages of both pools but the registration. */
function stageBetween(fqdn: string, before: PairFacts | null, after: PairFacts | null): StageEffect | null {
  const pools = [fqdn, ...((after ?? before)?.pools.map((pool) => pool.fqdn) ?? [])];
  return (
    pools
      .filter((pool) => !takesPlace(pool, before, after))
      .map((pool) => stageOf(pool, before, after))
      .find((change) => change !== null) ?? null
  );
}

/** Whether a pool takes the place of another between the two, or is that other: the place stays in its stage. */
const takesPlace = (fqdn: string, before: PairFacts | null, after: PairFacts | null): boolean =>
  before !== null &&
  after !== null &&
  after.formerNames
    .slice(before.formerNames.length)
    .some((name) => name.fqdn === fqdn || name.present === fqdn);

/** The change of the stage of one pool; null where it stays. */
export function stageOf(pool: string, before: PairFacts | null, after: PairFacts | null): StageEffect | null {
  const [from, to] = [stageIn(before, pool), stageIn(after, pool)];
  return from === to ? null : { pool, from, to };
}

const stageIn = (pair: PairFacts | null, fqdn: string): Stage | null =>
  pair === null ? null : (poolOf(pair, fqdn)?.stage ?? null);

/** Of a command that concerns several pairs: one after the other, without a stage, which is of one pool. */
export function united(all: readonly Effects[]): Effects {
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return only;
  return {
    visibility: all.flatMap(({ visibility }) => visibility),
    editability: all.flatMap(({ editability }) => editability),
    agentConsole: all.flatMap(({ agentConsole }) => agentConsole),
    calls: {
      cutOff: all.reduce((sum, { calls }) => sum + calls.cutOff, 0),
      byStatement: all.reduce<Record<string, number>>((sum, { calls }) => {
        for (const [cause, count] of Object.entries(calls.byStatement))
          sum[cause] = (sum[cause] ?? 0) + count;
        return sum;
      }, {}),
      byResponseGroup: all.flatMap(({ calls }) => calls.byResponseGroup),
    },
  };
}
