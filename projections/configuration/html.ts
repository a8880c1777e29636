/** The configuration as one page for people: to read, to search, to print. */
import { cmdletName } from '../../policy/object-properties/cmdlet-names.js';
import { markup, page, type Content, type Markup } from '../../text/html.js';
import { weekText } from './hours.js';
import { nameOr } from './lookup.js';
import { agentsText, holidaysText } from './rows.js';
import type { ResponseGroupSheet } from './sheet.js';
import { style } from './style.js';
import type { ConfigurationView } from './view.js';
import type { QueueOfWay, Way } from './ways.js';

/** @param moment what the page is a picture of: `position 4711, as of …` */
export function configurationHtml(view: ConfigurationView, moment: string): string {
  const { fqdn, stage, partner, partnerStage, responseGroups, unreached, agents, applicationSettings } = view;
  const settings = Object.entries(applicationSettings);
  return page({
    title: `Response groups of ${fqdn}`,
    style,
    body: markup`<header><h1>Response groups of ${fqdn}</h1>
<p>Stage ${stage}; its partner is ${partner}, stage ${partnerStage}.</p>
<p class="quiet">${moment}</p></header>
${responseGroups.length === 0 ? markup`<p>No response group is on record.</p>` : contents(responseGroups)}
<main>${responseGroups.map(sheetSection)}
${unreached.length === 0 ? [] : unreachedSection(unreached)}
<section><h2>Application settings of ${fqdn}</h2>
${settings.length === 0 ? markup`<p>None is on record.</p>` : terms(settings.map(([name, value]) => [cmdletName(name), valueText(value ?? null)]))}</section>
${agentsSection(agents)}</main>`,
  });
}

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const terms = (pairs: readonly (readonly [string, Content | null])[]): Markup =>
  markup`<dl>${pairs.flatMap(([term, value]) => (value === null || value === '' ? [] : [markup`<dt>${term}</dt><dd>${value}</dd>`]))}</dl>`;

/** By the pool that hosts them. */
function contents(sheets: readonly ResponseGroupSheet[]): Markup {
  const numbered = sheets.map((sheet, index) => ({ sheet, anchor: anchorOf(index) }));
  const byParent = [...Map.groupBy(numbered, ({ sheet }) => sheet.parent)];
  return markup`<nav aria-label="Response groups">${byParent.map(
    ([parent, some]) =>
      markup`<h2>On ${parent}</h2><ul>${some.map(
        ({ sheet, anchor }) =>
          markup`<li><a href="#${anchor}">${sheet.name}</a> <span class="quiet">${sheet.number ?? sheet.address ?? ''}</span></li>`,
      )}</ul>`,
  )}</nav>`;
}

const anchorOf = (index: number): string => `group-${index + 1}`;

function sheetSection(sheet: ResponseGroupSheet, index: number): Markup {
  const { hours } = sheet;
  return markup`<section><h2 id="${anchorOf(index)}">${sheet.name}</h2>
<p class="quiet">${ownedText(sheet)}</p>
${terms([
  ['Active', sheet.active ? 'yes' : 'no'],
  ['Description', sheet.description],
  ['Number', [sheet.number, sheet.displayNumber].filter((number) => number !== null).join(', shown as ')],
  ['Address', sheet.address],
  ['Hours', hours === null ? 'always open' : `${nameOr(hours)}: ${weekText(hours)}`],
  ['Outside hours', sheet.outsideHours],
  ['Holidays', sheet.holidays.map(holidaysText).join('; ')],
  ['On holidays', sheet.onHolidays],
  ['Time zone', sheet.timeZone],
  ['Language', sheet.language],
  ['Managers', sheet.managers.join(', ')],
  ['Agents', sheet.anonymous ? 'hidden from callers' : 'shown to callers'],
  ['Callers hear', sheet.welcome],
])}
${sheet.ways.length === 0 ? markup`<p>No call is taken on: the workflow has no default action.</p>` : waysTable(sheet)}</section>`;
}

const ownedText = ({ owner, parent, replica, source, id }: ResponseGroupSheet): string =>
  `${owner === parent ? `Owned and hosted by ${owner}` : `${replica === true ? 'Replica' : 'Copy'} on ${parent}, owned by ${owner}`}. ${source === undefined ? '' : `By: ${source.title}. `}Id ${id}.`;

const waysTable = ({ name, ways }: ResponseGroupSheet): Markup =>
  markup`<div class="scroll"><table><caption>Where calls of ${name} go</caption><thead><tr>
<th scope="col">Choice</th><th scope="col">Callers hear</th><th scope="col">Then</th><th scope="col">Queue</th><th scope="col">Agent groups</th></tr></thead>
<tbody>${ways.map(
    (way) =>
      markup`<tr><td>${way.choice === '' ? 'every call' : way.choice}</td><td>${way.hears ?? 'nothing'}</td><td>${way.then}</td><td>${queueCell(way)}</td><td>${way.queue === null ? '' : groupsOf(way.queue)}</td></tr>`,
  )}</tbody></table></div>`;

const queueCell = ({ queue }: Way): Content =>
  queue === null
    ? ''
    : [
        nameOr(queue),
        ...[queue.timeout ?? 'calls wait without end', queue.overflow].flatMap((line) =>
          line === null ? [] : [markup`<br><span class="quiet">${line}</span>`],
        ),
      ];

const groupsOf = ({ groups }: QueueOfWay): Content =>
  groups.length === 0
    ? 'none: calls end at once'
    : groups.map((group) => {
        const manner = [group.routing, group.participation].filter((word) => word !== null).join(', ');
        return markup`<p><b>${nameOr(group)}</b>${manner === '' ? '' : ` (${manner})`}: ${agentsText(group)}</p>`;
      });

const unreachedSection = (unreached: ConfigurationView['unreached']): Markup =>
  markup`<section><h2>Reached by no call</h2><ul>${unreached.map(
    ({ parent, queue, group }) =>
      markup`<li>${queue !== null ? `queue ${nameOr(queue)}` : group !== null ? `agent group ${nameOr(group)}` : ''} on ${parent}</li>`,
  )}</ul></section>`;

const agentsSection = (agents: ConfigurationView['agents']): Markup =>
  markup`<section><h2>Agents</h2>${
    agents.length === 0
      ? markup`<p>None is on record.</p>`
      : markup`<div class="scroll"><table><caption>${agents.length} agents</caption><thead><tr><th scope="col">Agent</th><th scope="col">Home pool</th><th scope="col">Groups</th></tr></thead>
<tbody>${agents.map(
          ({ agent, homePool, groups }) =>
            markup`<tr><th scope="row">${agent}</th><td>${homePool ?? 'not registered'}</td><td>${groups.map((group) => `${nameOr(group)} on ${group.parent}`).join(', ')}</td></tr>`,
        )}</tbody></table></div>`
  }</section>`;
