/** The report as Markdown, to paste into a ticket. */
import { inline } from '../../../text/markdown.js';
import {
  comparisonCells,
  correctionText,
  measureText,
  phaseRemark,
  phaseTitles,
  poolText,
  scoreText,
  summaryOf,
  timeOr,
  timeText,
  tookText,
} from '../words.js';
import type { IncidentReport } from './report.js';

export function reportMarkdown(report: IncidentReport): string {
  const { incident, causes, head } = report;
  const { id, kind, opened, closed, cutOff, comparison } = incident;
  return [
    `# Incident ${inline(id)} of ${inline(poolText(incident))}${kind === 'drill' ? ' (drill)' : ''}`,
    `From ${timeText(opened)} to ${timeOr(closed, 'now: it goes on')}. All times are UTC.`,
    summaryOf(incident).map(inline).join(' '),
    '## Phases',
    table(
      ['Phase', 'From', 'To', 'Took', 'By', ''],
      incident.phases.map((phase) => [
        phaseTitles[phase.name],
        timeText(phase.from),
        timeOr(phase.to, 'not on record'),
        tookText(phase),
        phase.by ?? '',
        phaseRemark(phase),
      ]),
    ),
    `- Recovery time: ${measureText(incident.recoveryTime)}\n- Recovery point: ${measureText(incident.recoveryPoint)}`,
    ...section('Calls cut off', [
      causes.length === 0
        ? 'None.'
        : table(
            ['Calls', 'Because', ''],
            causes.map(({ calls, id: cause, text }) => [String(calls), cause, text]),
          ),
      ...(cutOff.byResponseGroup.length === 0
        ? []
        : [
            table(
              ['Calls', 'Response group', 'Pool'],
              cutOff.byResponseGroup.map((one) => [String(one.calls), one.name ?? one.id, one.owner]),
            ),
            table(
              ['Calls', 'Five minutes from'],
              cutOff.overTime.map(({ calls, from }) => [String(calls), timeText(from)]),
            ),
          ]),
    ]),
    ...section('Beside its targets and those before', [
      scoreText(comparison).map(inline).join(' '),
      table(
        ['', 'Took', 'Target', 'Met', 'Last drill', 'Last real'],
        comparison.lines.map((line) => comparisonCells(line, '-')),
      ),
    ]),
    ...section('Steps taken', [
      incident.steps
        .map(
          ({ title, done, note }) =>
            `- ${inline(title)}: ${done.map(({ actor, occurredAt }) => `${inline(actor)}, ${timeText(occurredAt)}`).join('; ')}${note === null ? '' : ` (${inline(note)})`}`,
        )
        .join('\n'),
    ]),
    ...sectionOf(
      'Commands that were refused',
      incident.refused.map(
        ({ at, by, command, detail }) =>
          `- ${timeText(at)}, ${inline(by)}: ${inline(command)}. ${inline(detail)}`,
      ),
      incident.refusals - incident.refused.length,
    ),
    ...sectionOf(
      'Changed on the backup pool, and not home',
      incident.notHome.map(
        ({ kind: what, name, id: object }) => `- ${what} ${inline(name)} (${inline(object)})`,
      ),
    ),
    ...sectionOf(
      'Notes',
      incident.notes.map(({ at, by, text }) => `- ${timeText(at)}, ${inline(by)}: ${inline(text)}`),
    ),
    ...sectionOf(
      'Corrections of the record',
      report.corrections.map(
        (one) =>
          `- ${timeText(one.at)}, ${inline(one.by)}: ${inline(correctionText(one))}. ${inline(one.why)}`,
      ),
      report.moreCorrections,
    ),
    '## The log',
    `Written from the log up to position ${head.position}: ${inline(head.type)}, event ${inline(head.eventId)}, recorded ${timeText(head.recordedAt)}, hash \`${head.hash}\`.`,
    '',
  ].join('\n\n');
}

const section = (title: string, parts: readonly string[]): readonly string[] => [`## ${title}`, ...parts];

const sectionOf = (title: string, lines: readonly string[], more = 0): readonly string[] =>
  lines.length === 0
    ? []
    : [`## ${title}`, [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')];

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(inline).join(' | ')} |`;
  return [row(titles), `|${titles.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n');
}
