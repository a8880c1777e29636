/** The sections of the page about what people did, and how it compares. */
import { markup, type Markup } from '../../../text/html.js';
import { hasNothingToCompare } from '../comparison.js';
import { comparisonCells, correctionText, scoreText } from '../words.js';
import { moment, table } from './html-tables.js';
import type { IncidentReport } from './report.js';

export function comparison({ incident }: IncidentReport): Markup {
  const { lines } = incident.comparison;
  const score = markup`<h2>Beside its targets and those before</h2><p>${scoreText(incident.comparison).join(' ')}</p>`;
  if (hasNothingToCompare(incident.comparison)) return markup`<section>${score}</section>`;
  return markup`<section>${score}${table(
    'What took how long',
    ['Part', 'Took', 'Target', 'Met', 'Last drill', 'Last real'],
    lines.map((line) => comparisonCells(line, '–')),
  )}<p class="quiet">The target of a phase that callers wait for is that of the recovery time, counted from the beginning of the incident to the end of the phase.</p></section>`;
}

export const steps = ({ incident }: IncidentReport): Markup =>
  markup`<section><h2>Steps of the runbook</h2>${table(
    'Who took which step, and when',
    ['Step', 'Done', 'By hand'],
    incident.steps.map(({ title, done, byHand, note }) => [
      note === null ? title : [title, markup`<br><span class="quiet">${note}</span>`],
      done.map(({ actor, occurredAt }) => markup`<div>${actor}, ${moment(occurredAt)}</div>`),
      byHand ? 'yes' : '',
    ]),
  )}</section>`;

export function refused({ incident }: IncidentReport): Markup | string {
  const more = incident.refusals - incident.refused.length;
  if (incident.refused.length === 0) return '';
  return markup`<section><h2>Commands that were refused</h2>${table(
    more > 0 ? `The first ${incident.refused.length}; there were ${more} more` : 'By whom, and why',
    ['When', 'Who', 'Command', 'Why'],
    incident.refused.map(({ at, by, command, detail }) => [moment(at), by, command, detail]),
    [],
    'scroll refused',
  )}</section>`;
}

/** Whoever reads the report learns that its record was changed afterwards. */
export function corrected({ corrections, moreCorrections }: IncidentReport): Markup | string {
  if (corrections.length === 0) return '';
  return markup`<section><h2>Corrections of the record</h2>${table(
    moreCorrections === undefined
      ? 'What was retracted or corrected, by whom, and why'
      : `The first ${corrections.length}; there were ${moreCorrections} more`,
    ['When', 'Who', 'What', 'Why'],
    corrections.map((one) => [moment(one.at), one.by, correctionText(one), one.why]),
  )}</section>`;
}
