/** The report as one page that holds all it needs: to read, and to print. */
import { markup, page, type Markup } from '../../../text/html.js';
import {
  durationOr,
  phaseRemark,
  phaseTitles,
  poolText,
  summaryOf,
  timeOr,
  timeText,
  tookText,
} from '../words.js';
import type { Measure } from '../measures.js';
import { swimLanes } from './drawings.js';
import { comparison, corrected, refused, steps } from './html-actions.js';
import { agents, calls } from './html-cost.js';
import { listed, moment, table } from './html-tables.js';
import type { IncidentReport } from './report.js';
import { style } from './style.js';

export function reportHtml(report: IncidentReport): string {
  const { incident } = report;
  const { id, kind, opened, closed } = incident;
  return page({
    title: `Incident ${id} of ${poolText(incident)}`,
    style,
    body: markup`<header>${kind === 'drill' ? markup`<p class="drill"><strong>Drill.</strong> Nothing had failed; it counts among no real incidents.</p>` : ''}
<h1>Incident of ${poolText(incident)}</h1>
<p class="quiet">${id}, from ${timeText(opened)} to ${timeOr(closed, 'now: it goes on')}. All times are UTC.</p></header>
<main>
<p>${summaryOf(incident).join(' ')}</p>
${figures(report)}
<section><h2>What happened</h2>${swimLanes(report)}</section>
${course(report)}
${phases(report)}
${calls(report)}
${agents(report)}
${comparison(report)}
${steps(report)}
${refused(report)}
${listed('Changed on the backup pool, and not home', incident.notHome, ({ kind: what, name, id: object, parent }) => markup`<li>${what} <b>${name}</b> (${object}) on ${parent}</li>`)}
${listed('Notes', incident.notes, ({ at, by, text }) => markup`<li>${timeText(at)}, ${by}: ${text}</li>`)}
${corrected(report)}
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

/** The marks of the lanes in words, for paper and for readers who do not see them; refusals have a section of their own. */
function course({ lanes }: IncidentReport): Markup {
  const marks = lanes
    .filter(({ name }) => name !== 'backup')
    .flatMap((lane) => lane.marks)
    .filter(({ label }) => !label.startsWith('Refused: '))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return markup`<section>${table(
    'In the order of time',
    ['When', 'What', 'Who'],
    marks.map(({ at, label, by }) => [moment(at), label, by ?? '']),
  )}</section>`;
}

function phases({ incident }: IncidentReport): Markup {
  const rows = incident.phases.map((phase) => [
    phaseTitles[phase.name],
    moment(phase.from),
    moment(phase.to, 'not on record'),
    markup`<span class="moment">${tookText(phase)}</span>`,
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
  return markup`<section><h2>Phases</h2>${table('How long each part took, and who ended it', ['Phase', 'From', 'To', 'Took', 'By', 'Remark'], rows, [], 'scroll phases')}
${attempts.length === 0 ? '' : markup`<ul>${attempts}</ul>`}</section>`;
}

const footer = ({ head }: IncidentReport): Markup =>
  markup`<footer class="quiet"><p>Written from the log up to position ${head.position}: ${head.type}, event ${head.eventId}, recorded ${timeText(head.recordedAt)}.</p>
<p>Hash of that event: <code>${head.hash}</code></p></footer>`;
