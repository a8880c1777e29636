/** Copies that tools would have shown or changed otherwise than on record, as a table with the times. */
import type { WhatIfAnswer } from '../../contract/what-if.js';
import type { Io } from '../io.js';
import { table } from '../output/table.js';
import { reasons, time, toolsText } from '../output/words.js';

/** The entries of each kind that are named one by one. */
const most = 10;

type Alternative = WhatIfAnswer['alternatives'][number];

export function copiesText(alternative: Alternative, io: Io): readonly string[] {
  const { name, visibilityOverTime, editabilityOverTime } = alternative;
  const { moreVisibilityOverTime = 0, moreEditabilityOverTime = 0 } = alternative;
  return [
    ...tableOf(`${name}: shown by`, visibilityOverTime, moreVisibilityOverTime, io),
    ...tableOf(`${name}: changed with`, editabilityOverTime, moreEditabilityOverTime, io),
  ];
}

type InTime = Alternative['visibilityOverTime'][number] | Alternative['editabilityOverTime'][number];

function tableOf(what: string, entries: readonly InTime[], unlisted: number, io: Io): readonly string[] {
  if (entries.length === 0) return [];
  const rows = entries
    .slice(0, most)
    .map((entry) => [
      `${entry.kind} ${entry.name}`,
      entry.parent,
      `${time(entry.from)}\n${time(entry.to)}`,
      toolsIn(entry.before),
      toolsIn(entry.after),
      reasons(entry),
    ]);
  const more = entries.length - rows.length + unlisted;
  return [
    table([what, 'on', 'from, to', 'on record', 'otherwise', 'because'], rows, io),
    ...(more > 0 ? [`and ${more} more: see --json`] : []),
  ];
}

const toolsIn = (tools: InTime['before']): string => (tools === null ? 'not there' : toolsText(tools));
