import type { ConfigurationDifferences } from '../../../projections/differences/configurations.js';
import type { SideSummary } from '../../../projections/differences/sides.js';
import { differenceText } from '../../../policy/differences/text.js';
import type { CompareExportsAnswer } from '../../contract/differences.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';

export function comparisonText(view: CompareExportsAnswer, io: Io): string {
  const { fqdn, from, to, owner, created, modified, removed, besides } = view;
  return [
    `From ${styled(io, 'bold', sideText(from))} to ${styled(io, 'bold', sideText(to))}, for ${fqdn}:`,
    ...(owner === null ? [] : [`  only what ${owner} owns was compared`]),
    `  ${created} created, ${modified} changed, ${removed} removed`,
    ...(created + modified + removed === 0 ? [] : differencesText(view, io)),
    ...(besides.length === 0 ? [] : besidesText(view, io)),
  ].join('\n');
}

function sideText({ what, pool, file }: SideSummary): string {
  switch (what) {
    case 'export':
      return `${file ?? ''} of ${pool}`;
    case 'record':
      return `what is on record of ${pool}`;
    case 'partner':
      return `what ${pool} hosts`;
  }
}

/** A table of the people, audio files and parts that were left out that differ between two files. */
function besidesText({ besides, moreBesides }: CompareExportsAnswer, io: Io): string[] {
  const rows = besides.map(({ change, part, name, differences }) => [
    `${change === 'modified' ? 'changed' : change} ${part === 'left-out' ? 'part that was left out' : part}\n${name}`,
    differences.map(differenceText).join('\n'),
  ]);
  return [
    table(['in the files besides', 'before → after'], rows, io),
    ...(moreBesides === 0 ? [] : [`and ${moreBesides} more`]),
  ];
}

/** A table of the objects that differ, and how many more there are. */
export function differencesText({ objects, moreObjects }: ConfigurationDifferences, io: Io): string[] {
  const rows = objects.map(({ change, kind, name, pool, differences, moreDifferences }) => [
    `${change === 'modified' ? 'changed' : change} ${kind}\n${name}`,
    pool.split('.')[0] ?? pool,
    [
      ...differences.map(differenceText),
      ...(moreDifferences === 0 ? [] : [`and ${moreDifferences} more`]),
    ].join('\n'),
  ]);
  return [
    table(['object', 'on', 'before → after'], rows, io),
    ...(moreObjects === 0 ? [] : [`and ${moreObjects} more objects`]),
  ];
}
