/** The configuration: a table of the response groups with their ways, and one of the agents. */
import { weekText } from '../../../projections/configuration/hours.js';
import { nameOr } from '../../../projections/configuration/lookup.js';
import type { ResponseGroupSheet } from '../../../projections/configuration/sheet.js';
import type { GroupOfQueue, Way } from '../../../projections/configuration/ways.js';
import type { ConfigurationAnswer } from '../../contract/configuration.js';
import type { Answer, Query } from '../client.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { notYetRegistered, shortName, poolAndPartner, whoseText } from '../output/words.js';
import type { Session } from '../session.js';

/** CSV and HTML as they are, to be written to a file. */
export async function showConfiguration(answer: Answer, session: Session, query: Query): Promise<void> {
  if (query['format'] === 'csv' || query['format'] === 'html') session.showFile(answer);
  else await session.show('configuration', answer, (body) => configurationText(body, session.io));
}

export function configurationText(view: ConfigurationAnswer, io: Io): string {
  if (view.stage === null) return notYetRegistered(view);
  const { fqdn, partner, responseGroups, unreached, agents } = view;
  const short = (parent: string): string => shortName(parent, [fqdn, partner]);
  return [
    `${poolAndPartner(view, io)}:`,
    responseGroups.length === 0
      ? 'No response group is on record.'
      : table(
          ['response group', 'on', 'number', 'hours', 'calls', 'agent groups'],
          responseGroups.map((sheet) => [
            sheet.active ? sheet.name : `${sheet.name}\n(not active)`,
            `${short(sheet.parent)}\n${whoseText(sheet)}`,
            [sheet.number, sheet.address].filter((line) => line !== null).join('\n'),
            hoursText(sheet),
            sheet.ways.map(wayText).join('\n'),
            groupsText(sheet),
          ]),
          io,
        ),
    ...unreached.map(
      ({ parent, queue, group }) =>
        `${styled(io, 'yellow', 'reached by no call')}: ${queue === null ? `agent group ${group === null ? '' : nameOr(group)}` : `queue ${nameOr(queue)}`} on ${short(parent)}`,
    ),
    agents.length === 0
      ? 'No agent is on record.'
      : table(
          ['agent', 'home pool', 'groups'],
          agents.map(({ agent, homePool, groups }) => [
            agent,
            homePool === null ? 'not registered' : short(homePool),
            groups.map((group) => `${nameOr(group)} on ${short(group.parent)}`).join('\n'),
          ]),
          io,
        ),
    'As one page to read and print: --html. As a table for a spreadsheet: --csv. With all properties: --json.',
  ].join('\n');
}

const hoursText = ({ hours }: ResponseGroupSheet): string =>
  hours === null ? 'always open' : weekText(hours).split('; ').join('\n');

const wayText = ({ choice, then }: Way): string => (choice === '' ? then : `${choice}: ${then}`);

/** Each group once, in the order of the ways; its agents are in the table below. */
const groupsText = ({ ways }: ResponseGroupSheet): string =>
  [
    ...new Map(
      ways.flatMap(({ queue }) => queue?.groups ?? []).map((group) => [group.id, groupText(group)]),
    ).values(),
  ].join('\n');

const groupText = (group: GroupOfQueue): string =>
  `${nameOr(group)} (${group.distributionGroup ?? (group.agents.length === 1 ? '1 agent' : `${group.agents.length} agents`)})`;
