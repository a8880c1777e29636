/** Decides the commands of the second route: a pool is lost, and another takes its place. */
import { missingAtHome } from '../../../facts/carriers.js';
import { partnerOf, requirePool } from '../../../facts/copies.js';
import { goingByServices } from './by-services.js';
import { formerNameOf } from '../../../facts/former-names.js';
import { identityOf } from '../../../facts/identity.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { reasonGiven } from '../../../facts/reason-given.js';
import { commandsToward, isOpenTo, type StageChange } from '../../../policy/stages.js';
import { few } from '../../../policy/texts/few.js';
import type { PairCommands } from '../commands.js';
import { accepted, alreadyHolds, invalid, type Decision, type FieldError } from '../decision.js';
import { allowed, evaluate, refusedBy, warn, type Ruling } from '../rules.js';
import { inAPair } from './alone.js';
import { mayChooseRoute } from './former-names.js';
import { hostedBy, labelOf } from './hosted.js';
import { legalFor } from './legal.js';
import { recordedOtherwise } from '../reported-time.js';
import { warnOfOtherRoute, warnOfPoolThatWasUp } from './route-warnings.js';

export function chooseRoute(pair: PairFacts, body: PairCommands['choose-route']): Decision {
  const { route, replacement } = body;
  const pool = requirePool(pair, body.pool);
  if (route === 'failback' && replacement !== undefined)
    return invalid([{ pointer: '/replacement', detail: 'A pool that is failed back needs no replacement.' }]);
  const wrong = replacement === undefined ? [] : shortNames(replacement);
  if (wrong.length > 0) return invalid(wrong);
  const ruling = evaluate(
    () => inAPair(pair, pool),
    () => routeIsOpen(pair, pool),
    () =>
      replacement === undefined ? allowed() : replacementIsNew(pair, pool.fqdn, replacement, 'choose-route'),
    () => (route === 'replacement' ? warnOfPoolThatWasUp(pair, pool, 'once it is replaced') : allowed()),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const held = pool.route;
  const before = held && {
    what: `The choice of the route of ${pool.fqdn}`,
    at: held.occurredAt,
    reason: held.reason ?? null,
  };
  if (held?.route === route && (replacement === undefined || replacement === held.replacement))
    return alreadyHolds(null, before);
  const data = { pool: pool.fqdn, route, replacement: replacement ?? null, ...reasonGiven(body.reason) };
  return accepted([{ type: 'RouteChosen', data }], { warnings: ruling.warnings, replaces: before });
}

/** Repeated, it holds, though the pool is known by another name; null where it does not. */
export function replacementHeld(
  pair: PairFacts,
  { failed, replacement, site }: PairCommands['replace-pool'],
): Decision | null {
  const former = formerNameOf(pair, failed);
  if (former?.present !== replacement) return null;
  const { at, reason = null } = former;
  const held = { what: `The replacement of ${failed} by ${replacement}`, at, reason };
  const known = requirePool(pair, replacement).site;
  return site === undefined || site === known
    ? alreadyHolds(null, held)
    : recordedOtherwise(held, 'replace-pool', 'site');
}

export function replacePool(pair: PairFacts, body: PairCommands['replace-pool']): Decision {
  const { failed, replacement, site } = body;
  const wrong = shortNames(replacement);
  if (wrong.length > 0) return invalid(wrong);
  const pool = requirePool(pair, failed);
  const ruling = evaluate(
    () => inAPair(pair, pool),
    () => replacementIsNew(pair, failed, replacement, 'replace-pool'),
    () => replacedOnceFailedOver(pool),
    () => warnOfOtherRoute(pool, replacement),
    () => warnOfPoolThatWasUp(pair, pool, 'with this'),
    () => warnOfLosses(pair, pool),
    () => goingByServices(pair, pool, 'the topology with the new pool'),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = { pool: failed, replacement, site: site ?? pool.site, ...reasonGiven(body.reason) };
  return accepted([{ type: 'PoolReplaced', data }], { warnings: ruling.warnings });
}

const shortNames = (replacement: string): readonly FieldError[] =>
  replacement.includes('.')
    ? []
    : [
        {
          pointer: '/replacement',
          detail: `"${replacement}" is one label, and the name of a pool is fully qualified, such as ${replacement}.contoso.com.`,
        },
      ];

export function routeIsOpen(pair: PairFacts, pool: PoolFacts): Ruling {
  const { fqdn, stage, replaces } = pool;
  if (mayChooseRoute(pool)) return allowed();
  const detail =
    replaces !== undefined
      ? `${fqdn} has taken the place of ${replaces.fqdn} already.`
      : stage === 'failing-back'
        ? `Failback to ${fqdn} has begun.`
        : `${fqdn} is in stage ${stage}: there is nothing to come back from.`;
  return refusedBy('route-is-open', detail, {
    allowed: stage === 'failing-back' ? ['fail-failback'] : legalFor(pair, pool),
  });
}

/** A name that the pair knows is no new pool. */
export function replacementIsNew(
  pair: PairFacts,
  failed: string,
  replacement: string,
  command: 'choose-route' | 'replace-pool',
): Ruling {
  const name = replacement.toLowerCase();
  const refuse = (detail: string, ...ways: readonly string[]): Ruling =>
    refusedBy('replacement-is-a-new-pool', detail, { allowed: [...ways, `${command} ${failed}`] });
  if (name === failed.toLowerCase())
    return refuse(
      `A pool that is built again under its own name is the same pool: it is failed back to.`,
      `failback ${failed}`,
    );
  const known = [...pair.pools, ...pair.formerNames].find(({ fqdn }) => fqdn.toLowerCase() === name);
  return known === undefined
    ? allowed()
    : refuse(
        `${known.fqdn} is no new pool: this pair knows the name. The replacement has a name of its own${command === 'choose-route' ? ', which may be left out until it is known' : ''}.`,
      );
}

export function replacedOnceFailedOver(pool: PoolFacts): Ruling {
  const { fqdn, stage } = pool;
  if (stage === 'failed-over') return allowed();
  return refusedBy(
    'replaced-once-failed-over',
    `Pool ${fqdn} is in stage ${stage}; it is replaced once its partner stands in for it, in stage failed-over.`,
    {
      allowed:
        stage === 'failing-back'
          ? [`fail-failback ${fqdn}`]
          : commandsToward(stage, (one) => one === 'failed-over', pool).map(
              (command) => `${command} ${fqdn}`,
            ),
    },
  );
}

/** What nobody imported into the partner is in files only, or nowhere. */
function warnOfLosses(pair: PairFacts, pool: PoolFacts): Ruling {
  const partner = partnerOf(pair, pool.fqdn).fqdn;
  const there = new Set(
    hostedBy(pair, partner)
      .filter(({ owner }) => owner === pool.fqdn)
      .map(identityOf),
  );
  const lost = hostedBy(pair, pool.fqdn).filter(
    (copy) => copy.owner === pool.fqdn && !there.has(identityOf(copy)),
  );
  if (lost.length === 0) return allowed();
  return allowed({
    warnings: warn(
      'lost-with-the-pool',
      `${lost.length} objects are on ${pool.fqdn} alone, and go with it; what a file has of them can still be imported into ${partner}: ${few(lost, { word: labelOf })}.`,
    ),
  });
}

/** Calls are to find on the new pool what they found on the one that stood in. */
export function replacementHostsItsGroups(pair: PairFacts, pool: PoolFacts): Ruling {
  const partner = partnerOf(pair, pool.fqdn).fqdn;
  const missing = missingAtHome(pair, pool.fqdn);
  if (missing.length === 0) return allowed();
  return refusedBy(
    'replacement-hosts-its-groups',
    `${partner} hosts ${missing.length} objects of ${pool.fqdn} that ${pool.fqdn} does not have yet: ${few(missing, { word: labelOf })}. Export them from ${partner} with their owner, and import that file into ${pool.fqdn} with overwriteOwner.`,
    {
      allowed: [
        `record-export ${partner}`,
        `import-response-groups ${pool.fqdn} overwriteOwner`,
        `remove-object ${partner}`,
      ],
    },
  );
}

/** A pool that is lost never comes back, and only one that takes its place is completed. */
export function routeOfThePool(pair: PairFacts, pool: PoolFacts, change: StageChange): Ruling {
  const { fqdn, stage, replaces } = pool;
  if (isOpenTo(change, pool)) return allowed();
  return refusedBy(
    'route-of-the-pool',
    replaces === undefined
      ? `${fqdn} takes the place of no pool that was lost: ${change.command} is for one that does.`
      : `${fqdn} has taken the place of ${replaces.fqdn}, which is lost: nothing fails back. It serves with complete-replacement.`,
    {
      allowed: [
        ...legalFor(pair, pool),
        ...(replaces === undefined && stage === 'failed-over' && inAPair(pair, pool).outcome === 'allowed'
          ? ['replace-pool']
          : []),
      ],
    },
  );
}
