import type { CallStatusAnswer } from '../../contract/calls.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { legendOf } from './legend.js';
import { condition, notYetRegistered, outcomeText, reasons } from '../output/words.js';

type Row = NonNullable<Extract<CallStatusAnswer, { readonly totals: object }>>['rows'][number];

/** A line where the outcome of new calls was another earlier in the stage. */
const earlier = (row: Row): readonly string[] =>
  row.row === 'new-calls' && row.before !== undefined
    ? [
        `New calls (${condition(row.when)}) that arrive before ${row.before.at}: ${outcomeText(row.before.outcome)} (${reasons(row.before)}).`,
      ]
    : [];

export function callStatusText(view: CallStatusAnswer, io: Io): string {
  if (view.stage === null) return notYetRegistered(view);
  const { fqdn, stage, rows, totals } = view;
  const { inProgress, connected, ended, disconnected, reported, disconnectedByStatement, contradicted } =
    totals;
  return [
    `Calls of ${styled(io, 'bold', fqdn)} in stage ${styled(io, 'bold', stage)}`,
    table(
      ['row', 'when', 'outcome', 'calls', 'because'],
      rows.map((row) => [
        row.row,
        condition(row.when),
        outcomeText(row.outcome),
        String(row.calls),
        reasons(row),
      ]),
      io,
    ),
    ...legendOf(rows, io),
    ...rows.flatMap(earlier),
    'Waiting and connected calls are those open now; new calls and calls on behalf, those since the stage began.',
    '',
    table(
      ['in progress', 'connected', 'ended', 'disconnected', 'reported in all'],
      [[inProgress, connected, ended, disconnected, reported].map(String)],
      io,
    ),
    ...(reported === 0
      ? [
          'Nobody has reported a call of this pool: zero means that nothing is known, not that no call was cut off.',
        ]
      : []),
    ...(disconnected === 0
      ? []
      : [
          table(
            ['disconnected by', 'calls'],
            Object.entries(disconnectedByStatement).map(([cause, calls]) => [cause, String(calls)]),
            io,
          ),
        ]),
    ...(contradicted === undefined
      ? []
      : [
          `${contradicted === 1 ? '1 call was' : `${contradicted} calls were`} cut off by what was known then, and went on as was reported later: counted as they went on.`,
        ]),
  ].join('\n');
}
