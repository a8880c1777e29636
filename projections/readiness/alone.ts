/** What a pool lacks that is in no pair, and what it hosts of pools that it is in no pair with. */
import { isOfPartner } from '../../facts/copies.js';
import { isLostAlone } from '../../facts/given-up.js';
import { lostWith } from '../../facts/lost-with.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { exportCmdlet } from '../../policy/cmdlets.js';
import { canBeExported, isDown } from '../../policy/stages.js';
import { few } from '../../policy/texts/few.js';
import { finding, found, whereAny, type Finding } from './finding.js';
import { lossIn } from './lost.js';
import type { ReadinessContext } from './readiness-context.js';

/** The copies that a pool hosts of pools that it is in no pair with. */
export const strangersOn = (pair: PairFacts, fqdn: string): readonly Copy[] =>
  [...pair.copies.values()].filter(
    (copy) => copy.parent === fqdn && copy.owner !== fqdn && !isOfPartner(pair, copy),
  );

export function inNoPair(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, own } = context;
  const { ended } = pair;
  if (ended === null) return [];
  const since = `in no pair since ${ended.occurredAt}: nobody stands in for it.`;
  if (isLostAlone(pair, pool)) {
    const lost = lostWith(pair, pool.fqdn);
    return [
      finding('in-no-pair', {
        detail: `${pool.fqdn} is down, and ${since} If it never comes back: ${lossIn(context, lost)}`,
        objects: lost.objects.map(found),
        atStake: lost.objects.length,
        action: `Once it is back, record that with end-outage, and pair it with another pool. If it never comes back, move its users with -Force, record each with move-agent and force, and end its record with retire-pool.${lost.file === null ? '' : ' Another pool gets what a file has by an import with -OverwriteOwner.'}`,
      }),
    ];
  }
  return [
    finding('in-no-pair', {
      detail: `${pool.fqdn} is ${since}`,
      objects: own.map(found),
      atStake: own.length,
      action: `Pair ${pool.fqdn} with another pool, and record it with register-pair. Export it every day until then: the file is all that is left of its response groups if it does not come back.`,
    }),
  ];
}

export function copiesOfNoPartner({ pair, pool, files }: ReadinessContext): readonly Finding[] {
  const strangers = strangersOn(pair, pool.fqdn);
  const owners = [...new Set(strangers.map(({ owner }) => owner))];
  return whereAny(strangers, (objects) =>
    finding('copy-of-no-partner', {
      detail: `${objects.length === 1 ? '1 copy' : `${objects.length} copies`} on ${pool.fqdn} of ${few(owners, { word: (owner) => owner })}, in no pair with it.`,
      objects,
      action: `Unless somebody needs them, remove what ${few(owners, { word: (owner) => owner })} owns from ${pool.fqdn}: an export with its owner keeps it in a file.`,
      powershell:
        canBeExported(pool) && !isDown(pool.stage)
          ? owners.map((owner) =>
              exportCmdlet({ source: pool.fqdn, owner, fileName: files.strange(owner), remove: true }),
            )
          : [],
    }),
  );
}
