/** The sections of the page about calls and agents. */
import { markup, type Markup } from '../../../text/html.js';
import { timeOr } from '../words.js';
import { agentsChart, cutOffChart, shareBar } from './drawings.js';
import { table } from './html-tables.js';
import type { IncidentReport } from './report.js';

export function calls(report: IncidentReport): Markup {
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
    'scroll many',
  )}</section>`;
}

export function agents(report: IncidentReport): Markup | string {
  const phase = report.incident.phases.find(({ name }) => name === 'agents-back');
  if (phase === undefined) return '';
  const { signedIn = 0, back = 0, first = null, half = null, all = null } = phase;
  return markup`<section><h2>Agents back</h2><p>${back} of the ${signedIn} who were signed in are back: the first at ${timeOr(first, 'no time')}, half of them at ${timeOr(half, 'no time')}, all at ${timeOr(all, 'no time')}.</p>${agentsChart(report)}</section>`;
}
