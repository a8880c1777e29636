/** The evening before: the deployment is put on record. */
import { berlinAdmin, hamburgAdmin } from './actors.js';
import { berlinOnly, hamburgOnly, hoursOfBusiness, publicHolidays } from './calendar.js';
import { berlin, departments, hamburg, type Department } from './departments.js';
import {
  agentGroupIdOf,
  agentGroupNameOf,
  agentGroupProperties,
  holidaySetOf,
  hoursOf,
  queueProperties,
  queuesOf,
  workflowProperties,
} from './objects.js';
import type { World } from './world.js';
import { after, theEveningBefore } from './time.js';

const begin = theEveningBefore('19:00');
/** Seconds between one entry and the next. */
const step = 11;

/** Plans the registration of the pair, the agents and every object, one after the other. */
export function planSetUp(world: World): void {
  let time = begin;
  const next = (action: () => Promise<unknown>): void => {
    world.agenda.plan(time, async () => {
      await action();
    });
    time = after(time, step);
  };
  const { recorder, staff } = world;
  next(() =>
    recorder.give(berlinAdmin, 'register-pair', {
      pools: [
        { fqdn: berlin, site: 'Berlin' },
        { fqdn: hamburg, site: 'Hamburg' },
      ],
      readings: { 'calls-on-live-backup': 'literal' },
    }),
  );
  for (const { sip, homePool } of staff.agents) {
    const actor = homePool === berlin ? berlinAdmin : hamburgAdmin;
    next(() => recorder.give(actor, 'register-agent', { agent: sip, homePool }));
  }
  for (const pool of [berlin, hamburg]) for (const action of sharedObjects(world, pool)) next(action);
  departments.forEach((department, index) => {
    for (const action of objectsOf(world, department, index)) next(action);
  });
}

const adminOf = (pool: string): string => (pool === berlin ? berlinAdmin : hamburgAdmin);

type Steps = readonly (() => Promise<unknown>)[];

function sharedObjects({ recorder }: World, pool: string): Steps {
  const actor = adminOf(pool);
  const tool = 'managementShell';
  const settings =
    pool === berlin
      ? { agentRingbackGracePeriod: 90, defaultMusicOnHoldFile: 'contoso-theme.wav' }
      : { agentRingbackGracePeriod: 60, disableCallContext: true };
  // Both sites named their holidays alike, which nobody minds until one pool's groups are imported into the other.
  const holidays = { name: pool === berlin ? 'Public holidays' : 'Public Holidays' };
  const holidayList = [...publicHolidays, pool === berlin ? berlinOnly : hamburgOnly];
  // Hours bear the name of the site.
  const site = pool === berlin ? 'Berlin' : 'Hamburg';
  return [
    () =>
      recorder.give(actor, 'modify-object', {
        pool,
        kind: 'application-settings',
        id: 'application-settings',
        properties: settings,
        tool,
      }),
    ...Object.entries(hoursOfBusiness).map(
      ([id, { name, week }]) =>
        () =>
          recorder.give(actor, 'create-object', {
            pool,
            kind: 'hours-of-business',
            id: hoursOf(id, pool),
            name: `${name} ${site}`,
            properties: { ...week },
            tool,
          }),
    ),
    () =>
      recorder.give(actor, 'create-object', {
        pool,
        kind: 'holiday-set',
        id: holidaySetOf(pool),
        name: holidays.name,
        properties: { holidayList: holidayList.map((holiday) => ({ ...holiday })) },
        tool,
      }),
  ];
}

export function objectsOf({ recorder, staff }: World, department: Department, number: number): Steps {
  const { pool } = department;
  const actor = adminOf(pool);
  const group = agentGroupIdOf(department);
  const members = (staff.membersOf.get(department.id) ?? []).map(({ sip }) => sip);
  const create = (
    kind: 'agent-group' | 'queue' | 'workflow',
    id: string,
    name: string,
    properties: ReturnType<typeof workflowProperties>,
  ) => {
    const tool = kind === 'workflow' ? 'configurationTool' : 'controlPanel';
    return recorder.give(actor, 'create-object', { pool, kind, id, name, properties, tool });
  };
  return [
    () =>
      create('agent-group', group, agentGroupNameOf(department), agentGroupProperties(department, members)),
    ...queuesOf(department).map(
      ({ id, name }) =>
        () =>
          create('queue', id, name, queueProperties(department, group)),
    ),
    () => create('workflow', department.id, department.name, workflowProperties(department, number)),
  ];
}
