/** Two hundred agents, and which agent group each belongs to. */
import { berlin, departments, hamburg, type Department } from './departments.js';
import type { Random } from './random.js';

export interface Agent {
  readonly sip: string;
  readonly homePool: string;
  readonly shift: Shift;
}

export interface Shift {
  readonly begins: string;
  readonly ends: string;
  readonly weight: number;
}

const shifts: readonly Shift[] = [
  { begins: '06:45', ends: '15:15', weight: 3 },
  { begins: '08:00', ends: '16:30', weight: 5 },
  { begins: '10:00', ends: '18:30', weight: 4 },
];
/** A security desk is never empty, so its first agent stays the night. */
const allDay: Shift = { begins: '00:05', ends: '23:55', weight: 1 };

const firstNames =
  'anna ben clara david elif felix greta hannes ida jonas katja lars meike nils olga paul rosa stefan thea uwe'.split(
    ' ',
  );
const lastNames =
  'albrecht brandt clasen dietz ehlers franke gerdes hinrichs jensen krause lorenz menzel nowak otto petersen'.split(
    ' ',
  );

/** Agents who also help out in a second group. */
const helpers = 30;

/** Share of a department's agents who are homed in the other pool: they live near the other office. */
const homedElsewhere = 0.3;

export interface Staff {
  readonly agents: readonly Agent[];
  readonly membersOf: ReadonlyMap<string, readonly Agent[]>;
}

export function hire(random: Random): Staff {
  const names = random.shuffled(firstNames.flatMap((first) => lastNames.map((last) => `${first}.${last}`)));
  const agents: Agent[] = [];
  const membersOf = new Map<string, Agent[]>();
  for (const department of departments) {
    const members: Agent[] = [];
    membersOf.set(department.id, members);
    for (let seat = 0; seat < department.agents; seat += 1) {
      const agent = {
        sip: `sip:${names[agents.length] ?? ''}@contoso.com`,
        homePool: random.chance(homedElsewhere) ? partnerOf(department) : department.pool,
        shift: department.hours === 'round-the-clock' && seat === 0 ? allDay : random.weighted(shifts),
      };
      agents.push(agent);
      members.push(agent);
    }
  }
  for (const agent of random.shuffled(agents).slice(0, helpers)) {
    const members = membersOf.get(random.pick(departments).id);
    if (members?.includes(agent) === false) members.push(agent);
  }
  return { agents, membersOf };
}

const partnerOf = ({ pool }: Department): string => (pool === berlin ? hamburg : berlin);
