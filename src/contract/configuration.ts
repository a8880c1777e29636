/** The whole configuration of a pool and its partner. */
import type { HolidaysOfGroup, HoursOfGroup } from '../../projections/configuration/hours.js';
import type { ResponseGroupSheet } from '../../projections/configuration/sheet.js';
import type { ConfigurationView } from '../../projections/configuration/view.js';
import type { GroupOfQueue, QueueOfWay, Way } from '../../projections/configuration/ways.js';
import { beside } from './exports.js';
import { applicationSettings, properties } from './object-properties.js';
import { copyMembers } from './pools.js';
import { maybeOrigin } from './sources.js';
import {
  boolean,
  describedAs,
  filledBy,
  list,
  named,
  nullable,
  object,
  text,
  union,
  type Described,
} from './schema.js';
import { notYetRegistered } from './not-yet-registered.js';
import { pairMembership } from './pair-membership.js';
import { fqdn, kind, moment, ownership, stage, staleness, tick, warning } from './words.js';

const name = { id: text, name: describedAs(nullable(text), 'Null where the pool hosts no such object.') };
const maybe = nullable(text);

const group = named(
  'GroupOfQueue',
  filledBy<GroupOfQueue>()(
    object({
      ...name,
      routing: maybe,
      participation: maybe,
      alertTime: describedAs(maybe, 'Seconds.'),
      agents: list(text),
      distributionGroup: maybe,
    }),
  ),
);
const queue = named(
  'QueueOfWay',
  filledBy<QueueOfWay>()(
    object({
      ...name,
      timeout: describedAs(maybe, 'In words; null: calls wait without end.'),
      overflow: describedAs(maybe, 'In words; null: any number of calls waits.'),
      groups: describedAs(list(group), 'In the order in which they are searched.'),
    }),
  ),
);
const way = named(
  'WayOfCalls',
  filledBy<Way>()(
    object({
      choice: describedAs(text, 'What the caller chose in the menus; empty where there is none.'),
      hears: maybe,
      then: text,
      queue: describedAs(nullable(queue), 'Null where the way ends elsewhere.'),
    }),
  ),
);
const hours = named(
  'HoursOfGroup',
  filledBy<HoursOfGroup>()(
    object({
      ...name,
      week: describedAs(list(object({ days: text, open: text })), 'Other days are closed.'),
    }),
  ),
);
const holidays = named(
  'HolidaysOfGroup',
  filledBy<HolidaysOfGroup>()(object({ ...name, days: list(object({ name: text, from: text, to: text })) })),
);

const sheet = named(
  'ResponseGroupSheet',
  filledBy<ResponseGroupSheet>()(
    object(
      {
        id: text,
        name: text,
        owner: text,
        parent: text,
        ownership,
        active: boolean,
        description: maybe,
        address: maybe,
        number: maybe,
        displayNumber: maybe,
        language: maybe,
        timeZone: maybe,
        managers: list(text),
        anonymous: boolean,
        welcome: maybe,
        ways: describedAs(list(way), 'Where calls go, through menus to queues and groups.'),
        hours: describedAs(nullable(hours), 'Null: open at all times.'),
        outsideHours: maybe,
        holidays: list(holidays),
        onHolidays: maybe,
      },
      maybeOrigin,
    ),
  ),
  'A response group as people speak of it: number, ways, hours.',
);

const copy = named(
  'ConfiguredCopy',
  filledBy<ConfigurationView['objects'][number]>()(
    object(
      {
        ...copyMembers,
        properties,
        references: list(object({ pointer: text, kind, ...name })),
        lastChange: tick,
        warnings: list(warning),
      },
      { ...beside, ...maybeOrigin },
    ),
  ),
  'A copy of an object with its properties, and the names of the objects that they name.',
);

const members = {
  fqdn,
  stage,
  partner: text,
  partnerStage: stage,
  applicationSettings,
  responseGroups: list(sheet),
  unreached: describedAs(
    list(object({ parent: text, queue: nullable(queue), group: nullable(group) })),
    'Queues and agent groups that no call reaches.',
  ),
  agents: list(
    object({
      agent: text,
      homePool: describedAs(maybe, 'Null where the agent is not registered.'),
      groups: list(object({ ...name, parent: text })),
    }),
  ),
  objects: list(copy),
} as const;

export const configurationView = named(
  'Configuration',
  filledBy<ConfigurationView>()(object(members, pairMembership)),
);
const configuration = named(
  'ConfigurationAnswer',
  object({ ...moment, ...members }, { ...pairMembership, ...staleness }),
);
export const configurationAnswer = union(configuration, notYetRegistered);
export type ConfigurationAnswer = Described<typeof configurationAnswer>;
