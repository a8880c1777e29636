/** What changes where pools go on in the stream of another pair: what a pool hosts leaves one, and stands in the other. */
import { poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import { sameJson } from '../../policy/same-json.js';
import type { Stage } from '../../policy/stages.js';
import type { ConsoleEffect } from './consoles.js';
import type { CopyEffect } from './copies.js';
import { effectsBetween, united, type Effects, type PairSides, type StageEffect } from './effects.js';

/**
 * @param fqdn the pool that a change of both stages is told of
 * @param joined the pair in which they go on
 * @param left the pairs in whose streams they stood
 */
export function effectsOfSeveral(fqdn: string, joined: PairSides, left: readonly PairSides[]): Effects {
  const all = [joined, ...left].map(({ before, after }) => effectsBetween(fqdn, before, after));
  const { calls, visibility, editability, agentConsole } = united(all);
  const stage = stageAcross(fqdn, joined, left);
  return {
    ...(stage === null ? {} : { stage }),
    visibility: oncePerCopy(visibility, joinedCopy),
    editability: oncePerCopy(editability, joinedCopy),
    agentConsole: oncePerCopy(agentConsole, joinedConsole),
    calls,
  };
}

/** The first of the pools of the pair that begins in another stage than the one in which it stood elsewhere. */
function stageAcross(
  fqdn: string,
  { before, after }: PairSides,
  left: readonly PairSides[],
): StageEffect | null {
  const earlier = [before, ...left.map((sides) => sides.before)].map(({ pair }) => pair);
  const pools = [fqdn, ...(after.pair?.pools.map((pool) => pool.fqdn) ?? [])];
  for (const pool of pools) {
    const [from, to] = [stageOnRecord(earlier, pool), stageOnRecord([after.pair], pool)];
    if (from !== to) return { pool, from, to };
  }
  return null;
}

/** Null where it has no record, or one that was ended. */
function stageOnRecord(pairs: readonly (PairFacts | null)[], fqdn: string): Stage | null {
  const holder = pairs.find((pair) => pair !== null && !pair.departed.has(fqdn) && poolOf(pair, fqdn));
  const pool = holder && poolOf(holder, fqdn);
  return pool === undefined || pool?.retired !== null ? null : pool.stage;
}

/** The effects on a copy in two pairs, as one: null where nothing of it changes. */
type Join<Effect> = (one: Effect, other: Effect) => Effect | null;

function oncePerCopy<Effect extends CopyEffect<unknown>>(
  effects: readonly Effect[],
  join: Join<Effect>,
): readonly Effect[] {
  const copies = Map.groupBy(effects, ({ parent, kind, id }) => `${parent} ${kind} ${id}`);
  return [...copies.values()].flatMap(([one, other]) => {
    if (one === undefined) return [];
    return other === undefined ? [one] : (join(one, other) ?? []);
  });
}

/** It is there after one of them, and before the other. */
function joinedCopy<Effect extends CopyEffect<unknown>>(one: Effect, other: Effect): Effect | null {
  const [gone, come] = one.after === null ? [one, other] : [other, one];
  return sameJson(gone.before, come.after) ? null : { ...come, before: gone.before };
}

function joinedConsole(one: ConsoleEffect, other: ConsoleEffect): ConsoleEffect | null {
  const [gone, come] = one.after === null ? [one, other] : [other, one];
  const signedIn = come.signedIn.filter((agent) => !gone.signedOut.includes(agent));
  const signedOut = gone.signedOut.filter((agent) => !come.signedIn.includes(agent));
  const alike = sameJson(gone.before, come.after) && signedIn.length + signedOut.length === 0;
  return alike ? null : { ...come, before: gone.before, signedIn, signedOut };
}
