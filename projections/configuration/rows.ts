/** The configuration as one table: a row for each agent group that a call of a response group may reach. */
import { csvRow } from '../../text/csv.js';
import type { HolidaysOfGroup } from './hours.js';
import { weekText } from './hours.js';
import { nameOr } from './lookup.js';
import type { ResponseGroupSheet } from './sheet.js';
import type { ConfigurationView } from './view.js';
import type { GroupOfQueue, QueueOfWay, Way } from './ways.js';

const titles = [
  'response group',
  'active',
  'owner',
  'hosted by',
  'address',
  'number',
  'shown number',
  'choice',
  'then',
  'queue',
  'waits',
  'overflow',
  'agent group',
  'routing',
  'sign-in',
  'agents',
  'hours',
  'outside hours',
  'holidays',
  'on holidays',
  'time zone',
  'language',
  'managers',
  'id',
  'is',
] as const;
type Column = (typeof titles)[number];
type Cells = Partial<Readonly<Record<Column, string | null>>>;

/** As in RFC 4180, after a row of titles. Queues and agent groups that no call reaches come last. */
export function configurationCsv(view: Pick<ConfigurationView, 'responseGroups' | 'unreached'>): string {
  const rows = [...view.responseGroups.flatMap(rowsOfGroup), ...view.unreached.flatMap(rowsUnreached)];
  return [titles, ...rows.map((cells) => titles.map((title) => cells[title] ?? ''))].map(csvRow).join('');
}

/** Whose the copy is, and how it came there. */
const isText = ({ owner, parent, replica }: ResponseGroupSheet): string =>
  owner === parent ? 'own' : replica === true ? 'replica' : 'imported';

function rowsOfGroup(sheet: ResponseGroupSheet): readonly Cells[] {
  const common = {
    'response group': sheet.name,
    active: sheet.active ? 'yes' : 'no',
    owner: sheet.owner,
    'hosted by': sheet.parent,
    address: sheet.address,
    number: sheet.number,
    'shown number': sheet.displayNumber,
    hours: sheet.hours === null ? 'always open' : `${nameOr(sheet.hours)}: ${weekText(sheet.hours)}`,
    'outside hours': sheet.outsideHours,
    holidays: sheet.holidays.map(holidaysText).join('; '),
    'on holidays': sheet.onHolidays,
    'time zone': sheet.timeZone,
    language: sheet.language,
    managers: sheet.managers.join(', '),
    id: sheet.id,
    is: isText(sheet),
  };
  const ways = sheet.ways.flatMap(rowsOfWay);
  return (ways.length === 0 ? [{}] : ways).map((cells) => ({ ...common, ...cells }));
}

const rowsOfWay = (way: Way): readonly Cells[] => {
  const common = { choice: way.choice, then: way.then };
  return way.queue === null ? [common] : rowsOfQueue(way.queue).map((cells) => ({ ...common, ...cells }));
};

function rowsOfQueue(queue: QueueOfWay): readonly Cells[] {
  const common = { queue: nameOr(queue), waits: queue.timeout, overflow: queue.overflow };
  return (queue.groups.length === 0 ? [{}] : queue.groups.map(cellsOfAgentGroup)).map((cells) => ({
    ...common,
    ...cells,
  }));
}

export const agentsText = ({ agents, distributionGroup }: GroupOfQueue): string =>
  distributionGroup === null ? agents.join(', ') : `all of ${distributionGroup}`;

const cellsOfAgentGroup = (group: GroupOfQueue): Cells => ({
  'agent group': nameOr(group),
  routing: group.routing,
  'sign-in': group.participation,
  agents: agentsText(group),
});

function rowsUnreached({ parent, queue, group }: ConfigurationView['unreached'][number]): readonly Cells[] {
  const cells = queue !== null ? rowsOfQueue(queue) : group !== null ? [cellsOfAgentGroup(group)] : [];
  return cells.map((each) => ({ 'hosted by': parent, ...each }));
}

export const holidaysText = ({ days, ...set }: HolidaysOfGroup): string =>
  `${nameOr(set)}: ${days.map(({ name, from, to }) => `${name} ${from} to ${to}`).join(', ')}`;
