/** Incidents as people read them on the command line. */
import type { AnswerOf } from '../../contract/answers.js';
import {
  comparisonCells,
  measureText,
  phaseRemark,
  phaseTitles,
  poolText,
  scoreText,
  summaryOf,
  tookText,
} from '../../../projections/incidents/words.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';
import { legendOf } from '../views/legend.js';
import { nextPage } from '../views/paging.js';

type Incidents = Pick<AnswerOf<'incidents'>, 'incidents' | 'totals' | 'next'>;

export function incidentsText({ incidents, totals, next }: Incidents, io: Io): string {
  const rows = incidents.map((one) => [
    one.id,
    `${poolText(one)}\n${one.kind}`,
    `${time(one.opened)}\n${one.closed === null ? `goes on: ${one.stage}` : time(one.closed)}`,
    measureText(one.recoveryTime),
    measureText(one.recoveryPoint),
    String(one.cutOff.total),
    String(one.refusals),
  ]);
  const { real, drill } = totals;
  return [
    ...(rows.length === 0
      ? ['No incident is on record.']
      : [
          table(
            ['incident', 'pool', 'from, to', 'recovery time', 'recovery point', 'cut off', 'refused'],
            rows,
            io,
          ),
        ]),
    `Real: ${real.incidents}, ${real.open} of them open, ${real.cutOff} calls cut off. Drills: ${drill.incidents}, ${drill.open} of them open, ${drill.cutOff} calls cut off.`,
    ...nextPage(next),
  ].join('\n');
}

export function incidentText(incident: AnswerOf<'incident'>, io: Io): string {
  const { id, kind, phases, cutOff, comparison, steps, notes, notHome, refused, refusals } = incident;
  const bold = (text: string): string => styled(io, 'bold', text);
  return [
    `${bold(id)}${kind === 'drill' ? ' (drill)' : ''}`,
    ...summaryOf(incident),
    table(
      ['phase', 'from', 'to', 'took', 'by', ''],
      phases.map((phase) => [
        phaseTitles[phase.name],
        time(phase.from),
        phase.to === null ? '-' : time(phase.to),
        tookText(phase) || '-',
        phase.by ?? '-',
        phaseRemark(phase),
      ]),
      io,
    ),
    ...scoreText(comparison),
    table(
      ['part', 'took', 'target', 'met', 'last drill', 'last real'],
      comparison.lines.map((line) => comparisonCells(line, '-')),
      io,
    ),
    ...(cutOff.total === 0
      ? []
      : [
          bold(`${cutOff.total} calls cut off`),
          table(
            ['calls', 'because'],
            Object.entries(cutOff.byStatement).map(([cause, calls]) => [String(calls), cause]),
            io,
          ),
          table(
            ['calls', 'response group', 'pool'],
            cutOff.byResponseGroup
              .slice(0, mostGroups)
              .map((one) => [String(one.calls), one.name ?? one.id, one.owner]),
            io,
          ),
          ...(cutOff.byResponseGroup.length > mostGroups
            ? [`and ${cutOff.byResponseGroup.length - mostGroups} more response groups: --json has them`]
            : []),
        ]),
    ...legendOf([{ because: Object.keys(cutOff.byStatement), inference: null }], io),
    ...listed(bold, 'Steps taken', steps, ({ title, done, note }) =>
      [
        title,
        done.map(({ actor, occurredAt }) => `${actor}, ${time(occurredAt)}`).join('; '),
        ...(note === null ? [] : [note]),
      ].join(': '),
    ),
    ...listed(
      bold,
      `${refusals} commands refused`,
      refused.slice(0, mostRefused),
      ({ at, by, command, detail }) => `${time(at)} ${by}: ${command}. ${detail}`,
    ),
    ...listed(
      bold,
      'Changed on the backup pool, and not home',
      notHome,
      ({ kind: what, name }) => `${what} ${name}`,
    ),
    ...listed(bold, 'Notes', notes, ({ at, by, text }) => `${time(at)} ${by}: ${text}`),
    `The report, to print: poolkeeper report ${id} --format html --out ${id}.html`,
  ].join('\n');
}

const mostGroups = 10;
const mostRefused = 10;

const listed = <Item>(
  bold: (text: string) => string,
  title: string,
  items: readonly Item[],
  line: (item: Item) => string,
): readonly string[] => (items.length === 0 ? [] : [bold(title), ...items.map((item) => `  ${line(item)}`)]);
