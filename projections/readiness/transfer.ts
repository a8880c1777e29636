/** Whether an import into the partner would go through, and what is there already. */
import { printedExport } from '../../facts/exports.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { exportCmdlet, getCmdlet, removeCmdlet } from '../../policy/cmdlets.js';
import { canBeExported, isDown, serves } from '../../policy/stages.js';
import { few } from '../../policy/texts/few.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import { byIdentity, identityOf } from '../../facts/identity.js';
import { standIns } from './by-file.js';
import { changing } from './changing.js';
import { standingOf } from './copy-standing.js';
import { exporting, importingLast, ownerForProduct } from './remedies.js';
import { awayFromHome } from './stand-in.js';
import { sameContent, type ReadinessContext } from './readiness-context.js';

export function partnerDown({ pool, partner }: ReadinessContext): readonly Finding[] {
  if (!isDown(partner.stage)) return [];
  const { replaces } = partner;
  const detail =
    replaces === undefined
      ? `${partner.fqdn}, which stands in for ${pool.fqdn}, is in stage ${partner.stage}.`
      : `${partner.fqdn}, which would stand in for ${pool.fqdn}, takes the place of ${replaces.fqdn} and does not serve yet.`;
  const action =
    replaces === undefined
      ? `Bring ${partner.fqdn} back first: see its own runbook.`
      : `Go on with the runbook of ${partner.fqdn} until complete-replacement.`;
  return [finding('partner-down', { detail, action })];
}

/** The same object, owned by both. Only where the owner's own is the same and in service is that of the partner dispensable. */
export function ownerClashes({
  pair,
  own,
  partnersOwn,
  pool,
  partner,
}: ReadinessContext): readonly Finding[] {
  const owned = byIdentity(own);
  const taken = partnersOwn.filter((copy) => owned.has(identityOf(copy)));
  const differing = taken.filter((copy) => {
    const home = owned.get(identityOf(copy));
    return home === undefined || !sameContent(home, copy);
  });
  const dispensable = serves(pool.stage) ? taken.filter((copy) => !differing.includes(copy)) : [];
  const words = [
    serves(pool.stage)
      ? `If ${pool.fqdn} is to stay the owner, remove them from ${partner.fqdn} and import them again without -OverwriteOwner.`
      : `Leave them on ${partner.fqdn} until ${pool.fqdn} serves again.`,
    ...(differing.length === 0
      ? []
      : [`Before that, carry over by hand what differs: ${namesOf(differing)}.`]),
  ];
  return whereAny(taken, (objects) =>
    finding('owner-clash', {
      detail: `${counted(objects.length, 'object')} of ${pool.fqdn} owned by ${partner.fqdn} on ${partner.fqdn}.`,
      objects,
      action: words.join(' '),
      powershell: [
        ...differing.map(getCmdlet),
        ...changing(pair, dispensable, (copy) => [removeCmdlet(copy)]),
      ],
    }),
  );
}

const namesOf = (copies: readonly Copy[]): string =>
  few(copies, { word: ({ kind, name }) => `${kind} ${name}` });

export function notOnPartner(context: ReadinessContext): readonly Finding[] {
  const { partner, lastExport } = context;
  if (lastExport === null) return [];
  const id = context.question === 'if-it-failed-now' ? 'not-pre-staged' : 'not-imported';
  return whereAny(standIns(context).missing, (objects) =>
    finding(id, {
      detail: `${counted(objects.length, 'object')} of ${printedExport(lastExport)} not on ${partner.fqdn}.`,
      objects,
      ...importingLast(context),
    }),
  );
}

export function outdatedCopies(context: ReadinessContext): readonly Finding[] {
  const { partner, lastExport } = context;
  if (lastExport === null) return [];
  return whereAny(standIns(context).outdated, (objects) =>
    finding('copy-outdated', {
      detail: `${counted(objects.length, 'object')} older on ${partner.fqdn} than in ${printedExport(lastExport)}.`,
      objects,
      ...importingLast(context),
    }),
  );
}

/** An import of a fresh export may bring the objects back; until then the copies are the last of them. */
export function copiesOutOfService(context: ReadinessContext): readonly Finding[] {
  const { pair, imported, pool, partner, files } = context;
  const dead = imported.filter((copy) => standingOf(pair, copy) === 'out-of-service');
  const removing = changing(pair, dead, (copy) => [removeCmdlet(copy)]);
  return whereAny(dead, (objects) =>
    finding('copy-out-of-service', {
      detail: `${counted(objects.length, 'object')} removed from ${pool.fqdn}, with a copy left on ${partner.fqdn} that takes no calls.`,
      objects,
      action: `Create them on ${pool.fqdn} again, export and import. If nobody wants them any more, remove the copies from ${partner.fqdn}, which are the last: the export keeps them.`,
      powershell:
        removing.length === 0 || !canBeExported(partner)
          ? []
          : [
              ...exporting(partner, { owner: ownerForProduct(context), fileName: files.homeward }),
              ...removing,
            ],
    }),
  );
}

export function leftoverCopies(context: ReadinessContext): readonly Finding[] {
  const { pair, imported, pool, partner, files } = context;
  const away = awayFromHome(context);
  const canBeRemoved = away.length === 0 && !isDown(partner.stage);
  return whereAny(
    imported.filter((copy) => standingOf(pair, copy) === 'left-behind'),
    (objects) =>
      finding('leftover-copy', {
        detail: `${counted(objects.length, 'object')} of ${pool.fqdn} left on ${partner.fqdn} by an earlier incident.`,
        objects,
        action: canBeRemoved
          ? `Remove what ${pool.fqdn} owns from ${partner.fqdn}; or, to keep it there for the next failover, import a fresh export over it.${onceReplicated(pair)}`
          : `Once all of it is home and ${partner.fqdn} is up, remove what ${pool.fqdn} owns from ${partner.fqdn}.`,
        powershell: canBeRemoved
          ? [
              exportCmdlet({
                source: partner.fqdn,
                owner: ownerForProduct(context),
                fileName: files.removed,
                remove: true,
              }),
            ]
          : [],
      }),
  );
}

const onceReplicated = ({ replication }: PairFacts): string =>
  replication?.enabled === true
    ? ' Once a good state of the replication is on record (report-replication), the backup service keeps it there.'
    : '';
