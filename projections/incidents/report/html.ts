/** The report as one page that holds all it needs: to read, and to print. */
import { markup, page, type Content, type Markup } from '../../../text/html.js';
import {
  durationOr,
  lineTitle,
  phaseRemark,
  phaseTitles,
  scoreText,
  summaryOf,
  timeOr,
  timeText,
} from '../words.js';
import type { Measure } from '../measures.js';
import { agentsChart, cutOffChart, shareBar, swimLanes } from './drawings.js';
import type { IncidentReport } from './report.js';
import { style } from './style.js';

export function reportHtml(report: IncidentReport): string {
  const { incident } = report;
  const { id, pool, kind, opened, closed } = incident;
  return page({
    title: `Incident ${id} of ${pool}`,
    style,
    body: markup`<header>${kind === 'drill' ? markup`<p class="drill"><strong>Drill.</strong> Nothing had failed; it counts among no real incidents.</p>` : ''}
<h1>Incident of ${pool}</h1>
<p class="quiet">${id}, from ${timeText(opened)} to ${timeOr(closed, 'now: it goes on')}. All times are UTC.</p></header>
<main>
<p>${summaryOf(incident).join(' ')}</p>
${figures(report)}
<section><h2>What happened</h2>${swimLanes(report)}</section>
${phases(report)}
${calls(report)}
${agents(report)}
${comparison(report)}
${steps(report)}
${refused(report)}
${listed('Changed on the backup pool, and not home', incident.notHome, ({ kind: what, name, id: object, parent }) => markup`<li>${what} <b>${name}</b> (${object}) on ${parent}</li>`)}
${listed('Notes', incident.notes, ({ at, by, text }) => markup`<li>${timeText(at)}, ${by}: ${text}</li>`)}
</main>
${footer(report)}`,
  });
}

function figures({ incident }: IncidentReport): Markup {
  const { recoveryTime, recoveryPoint, cutOff, refusals, notHome } = incident;
  return markup`<dl class="figures">
${measured('Recovery time', recoveryTime)}${measured('Recovery point', recoveryPoint)}
<div><dt>Calls cut off</dt><dd>${cutOff.total}</dd><dd class="quiet">of ${cutOff.byResponseGroup.length} response groups</dd></div>
<div><dt>Commands refused</dt><dd>${refusals}</dd><dd class="quiet">${notHome.length} objects not home</dd></div></dl>`;
}

function measured(title: string, { milliseconds, target, met }: Measure): Markup {
  const verdict = met === null ? '' : met ? 'met' : 'missed';
  const beside =
    target === null ? 'no target' : `target ${durationOr(target, '')}${verdict === '' ? '' : `, ${verdict}`}`;
  return markup`<div class="${verdict}"><dt>${title}</dt><dd>${durationOr(milliseconds, 'not known')}</dd><dd class="quiet">${beside}</dd></div>`;
}

/** @param numbers indexes of the columns that hold numbers */
function table(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly Content[])[],
  numbers: readonly number[] = [],
): Markup {
  const cell = (content: Content, index: number): Markup =>
    numbers.includes(index) ? markup`<td class="number">${content}</td>` : markup`<td>${content}</td>`;
  return markup`<div class="scroll"><table><caption>${caption}</caption><thead><tr>${titles.map((title) => markup`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`;
}

function phases({ incident }: IncidentReport): Markup {
  const rows = incident.phases.map((phase) => [
    phaseTitles[phase.name],
    timeText(phase.from),
    timeOr(phase.to, 'not on record'),
    durationOr(phase.milliseconds, ''),
    phase.by ?? '',
    phaseRemark(phase),
  ]);
  const attempts = incident.phases.flatMap(({ name, attempts: tries = [] }) =>
    tries
      .filter(({ outcome }) => outcome === 'failed')
      .map(
        ({ from, to, by, reason }) =>
          markup`<li>${phaseTitles[name]}, begun by ${by} at ${timeText(from)}, failed at ${timeOr(to, 'a time that is not on record')}${reason === null ? '' : `: ${reason}`}</li>`,
      ),
  );
  return markup`<section><h2>Phases</h2>${table('How long each part took, and who ended it', ['Phase', 'From', 'To', 'Took', 'By', 'Remark'], rows)}
${attempts.length === 0 ? '' : markup`<ul>${attempts}</ul>`}</section>`;
}

function calls(report: IncidentReport): Markup {
  const { causes, incident } = report;
  const { total, byResponseGroup } = incident.cutOff;
  if (total === 0) return markup`<section><h2>Calls cut off</h2><p>None.</p></section>`;
  const most = Math.max(...byResponseGroup.map((one) => one.calls));
  return markup`<section><h2>Calls cut off</h2>${cutOffChart(report)}</section>
<section>${table(
    'By what the documentation says',
    ['Calls', 'Because', 'What it says'],
    causes.map((cause) => [cause.calls, cause.id, cause.text]),
    [0],
  )}</section>
<section>${table(
    'By response group',
    ['Calls', 'Response group', 'Pool', 'Share'],
    byResponseGroup.map((one) => [one.calls, one.name ?? one.id, one.owner, shareBar(one.calls / most)]),
    [0],
  )}</section>`;
}

function agents(report: IncidentReport): Markup | string {
  const phase = report.incident.phases.find(({ name }) => name === 'agents-back');
  if (phase === undefined) return '';
  const { signedIn = 0, back = 0, first = null, half = null, all = null } = phase;
  return markup`<section><h2>Agents back</h2><p>${back} of the ${signedIn} who were signed in are back: the first at ${timeOr(first, 'no time')}, half of them at ${timeOr(half, 'no time')}, all at ${timeOr(all, 'no time')}.</p>${agentsChart(report)}</section>`;
}

function comparison({ incident }: IncidentReport): Markup {
  const { lines } = incident.comparison;
  return markup`<section><h2>Beside its targets and those before</h2><p>${scoreText(incident.comparison).join(' ')}</p>${table(
    'What took how long',
    ['', 'Took', 'Target', 'Met', 'Last drill', 'Last real'].map((title) => (title === '' ? 'Part' : title)),
    lines.map((line) => [
      lineTitle(line),
      durationOr(line.milliseconds, '–'),
      durationOr(line.target, '–'),
      line.met === null ? '–' : line.met ? 'yes' : 'no',
      durationOr(line.lastDrill, '–'),
      durationOr(line.lastReal, '–'),
    ]),
  )}<p class="quiet">The target of a phase that callers wait for is that of the recovery time, counted from the beginning of the incident to the end of the phase.</p></section>`;
}

const steps = ({ incident }: IncidentReport): Markup =>
  markup`<section><h2>Steps of the runbook</h2>${table(
    'Who took which step, and when',
    ['Step', 'Done', 'By hand'],
    incident.steps.map(({ title, done, byHand, note }) => [
      note === null ? title : [title, markup`<br><span class="quiet">${note}</span>`],
      done.map(({ actor, occurredAt }) => markup`<div>${actor}, ${timeText(occurredAt)}</div>`),
      byHand ? 'yes' : '',
    ]),
  )}</section>`;

function refused({ incident }: IncidentReport): Markup | string {
  const more = incident.refusals - incident.refused.length;
  if (incident.refused.length === 0) return '';
  return markup`<section><h2>Commands that were refused</h2>${table(
    more > 0 ? `The first ${incident.refused.length}; there were ${more} more` : 'By whom, and why',
    ['When', 'Who', 'Command', 'Why'],
    incident.refused.map(({ at, by, command, detail }) => [timeText(at), by, command, detail]),
  )}</section>`;
}

const listed = <Item>(
  title: string,
  items: readonly Item[],
  line: (item: Item) => Markup,
): Markup | string =>
  items.length === 0 ? '' : markup`<section><h2>${title}</h2><ul>${items.map(line)}</ul></section>`;

const footer = ({ head }: IncidentReport): Markup =>
  markup`<footer class="quiet"><p>Written from the log up to position ${head.position}: ${head.type}, event ${head.eventId}, recorded ${timeText(head.recordedAt)}.</p>
<p>Hash of that event: <code>${head.hash}</code></p></footer>`;
