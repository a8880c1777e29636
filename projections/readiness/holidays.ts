/** Holiday sets that workflows use, and that have no day to come, or hardly one. */
import { identityOf } from '../../facts/identity.js';
import type { Copy } from '../../facts/pair.js';
import { addHolidayCmdlets } from '../../policy/cmdlets.js';
import { referencesIn } from '../../policy/object-properties/references.js';
import { holidayNoticeDays, lastEndOf } from '../../policy/readiness/holidays.js';
import { few } from '../../policy/texts/few.js';
import { changing } from './changing.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

const day = 86_400_000;

/** A set that belongs to one workflow has its GUID behind its name. */
const withoutGuid = (name: string): string => name.replace(/_[0-9a-f-]{36}$/i, '');

export function holidaysRunOut({ pair, own, now, pool }: ReadinessContext): readonly Finding[] {
  const used = new Set(
    own
      .filter(({ kind }) => kind === 'workflow')
      .flatMap(({ kind, properties }) => referencesIn(kind, properties).map(identityOf)),
  );
  const present = Date.parse(now);
  const sets = own.filter((copy) => copy.kind === 'holiday-set' && used.has(identityOf(copy)));
  const past = sets.filter(({ properties }) => lastEndOf(properties) <= present);
  const soon = sets.filter(({ properties }) => {
    const end = lastEndOf(properties);
    return end > present && end <= present + holidayNoticeDays * day;
  });
  const powershell = (copies: readonly Copy[]) => changing(pair, copies, addHolidayCmdlets);
  return [
    ...whereAny(past, (objects) =>
      finding('holidays-over', {
        detail: `${counted(objects.length, 'holiday set')} in use on ${pool.fqdn} without a day to come: ${few(past, { word: lastDay })}.`,
        objects,
        action: 'Add the holidays to come.',
        powershell: powershell(past),
      }),
    ),
    ...whereAny(soon, (objects) =>
      finding('holidays-end-soon', {
        detail: `${counted(objects.length, 'holiday set')} in use on ${pool.fqdn} with no day beyond the next ${holidayNoticeDays}: ${few(soon, { word: lastDay })}.`,
        objects,
        action: 'Add the holidays of the year to come.',
        powershell: powershell(soon),
      }),
    ),
  ];
}

/** The end is the midnight, or the hour, at which the last holiday is over. */
function lastDay({ name, properties }: Copy): string {
  const end = lastEndOf(properties);
  const when = end === -Infinity ? 'no day at all' : `over on ${new Date(end).toISOString().slice(0, 10)}`;
  return `"${withoutGuid(name)}" (${when})`;
}
