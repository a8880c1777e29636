/** Nothing is left behind on the backup pool. */
import { isLeftover } from '../../facts/copies.js';
import { ownerInProduct } from '../../facts/former-names.js';
import { exportCmdlet, listCmdlets, showSettingsCmdlet } from '../../policy/cmdlets.js';
import { settingsLacking, settingsOfPartnerBefore } from '../readiness/application-settings.js';
import { debtsOf, type Debt } from '../readiness/debts.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import { ownerForProduct } from '../readiness/remedies.js';
import { nothingAway, settingsComeAlong } from './homeward.js';
import { homewardExports } from './incident-progress.js';
import { recording } from './record.js';
import { settingAgain } from './settings.js';
import { step, record, run, type Describe } from './step.js';

/** Settings that were carried ahead of need are there for the incident to come: nobody wants them undone before. */
const servedTheirPurpose = ({ pair, pool, partner }: ReadinessContext): boolean =>
  pair.incidents.some(
    (incident) =>
      incident.pool === pool.fqdn &&
      (incident.endedAtPosition === null ||
        incident.endedAtPosition > (partner.settingsReplaced?.position ?? 0n)),
  );

const beforeTheyAreGone = 'First here, before the backup pool has them no more.';

export const restoreSettings: Describe = (context, { began }) => {
  const { pool, partner } = context;
  const before = settingsOfPartnerBefore(context);
  const lacking = settingsComeAlong(context) ? null : settingsLacking(context);
  const { settingsReplaced: replaced, settingsChange: change } = partner;
  const restored =
    before === null &&
    began !== null &&
    change?.type === 'ObjectModified' &&
    replaced !== null &&
    replaced.position < change.position;
  return step({
    needed: before !== null && servedTheirPurpose(context),
    done: restored,
    events: restored ? [change] : [],
    actions:
      before === null
        ? []
        : [
            ...(lacking === null ? [] : settingAgain(pool.fqdn, lacking, beforeTheyAreGone)),
            ...settingAgain(partner.fqdn, before),
          ],
    verify: [showSettingsCmdlet(partner.fqdn)],
  });
};

export const removeCopies: Describe = (context, progress) => {
  const { pair, pool, partner, imported, files } = context;
  const removals = homewardExports(context, true);
  const owner = ownerForProduct(context);
  // A listing for the present name alone would be empty though nothing is removed that the product has under another.
  const owners = [...new Set([owner, ...imported.map((copy) => ownerInProduct(pair, copy)), pool.fqdn])];
  const left = progress.began === null ? imported.filter((copy) => isLeftover(pair, copy)) : imported;
  return step({
    needed: left.length > 0,
    done: progress.began !== null && removals.length > 0 && imported.length === 0,
    events: removals.slice(-1),
    optional: true,
    actions: [
      ...run([
        exportCmdlet({
          source: partner.fqdn,
          owner,
          fileName: files.removed,
          remove: true,
        }),
      ]),
      ...record(
        recording('record-export', {
          pool: partner.fqdn,
          owner: pool.fqdn,
          fileName: files.removed,
          removeExported: true,
        }),
      ),
    ],
    verify: [
      ...owners.flatMap((name) => listCmdlets(partner.fqdn, { owner: name })),
      ...listCmdlets(pool.fqdn, 'all'),
    ],
    note: nothingAway(context)
      ? null
      : `Not yet: what was changed on ${partner.fqdn} is not home, and would be in this file only.`,
  });
};

/** Closing warns of the same. */
const notYet = (debts: readonly Debt[]): string | null =>
  debts.length === 0 ? null : `Not yet. Still open: ${debts.map(({ detail }) => detail).join(' ')}`;

export const closeIncident: Describe = (context) =>
  step({
    actions: record(recording('close-incident', { pool: context.pool.fqdn })),
    note: notYet(debtsOf(context)),
  });
