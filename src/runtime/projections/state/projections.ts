/** The one list of all projections; names, instances and dispatch are derived from it. */
import { agentConsole } from '../../../../projections/agent-console/fold.js';
import { callStatus } from '../../../../projections/call-status/fold.js';
import { exports } from '../../../../projections/exports/fold.js';
import { pair } from '../../../../projections/pair/fold.js';
import type { Projection } from '../../../../projections/projection.js';
import { directory } from './directory.js';
import type { ProjectionInstance } from './projection-instance.js';

/** These have an instance for each pair, */
const projectionsOfPair = { pair, exports, callStatus };

/** and these one instance for the whole log. */
const projectionsOfLog = { console: agentConsole, directory };

export const allProjections = { ...projectionsOfPair, ...projectionsOfLog };

export type Projections = Readonly<typeof allProjections>;

type InstancesOf<Table> = {
  readonly [Slot in keyof Table]: Table[Slot] extends Projection<infer State>
    ? ProjectionInstance<State>
    : never;
};

/** The instances of one pair, */
export type PairViews = InstancesOf<typeof projectionsOfPair>;

/** and those of the whole log. */
export type LogViews = InstancesOf<typeof projectionsOfLog>;

type Make = (projection: Projection<unknown>) => ProjectionInstance<unknown>;

export const newPairViews = (projections: Projections, make: Make): PairViews =>
  mapped(Object.keys(projectionsOfPair), projections, make) as PairViews;

export const newLogViews = (projections: Projections, make: Make): LogViews =>
  mapped(Object.keys(projectionsOfLog), projections, make) as LogViews;

const mapped = (slots: readonly string[], projections: Projections, make: Make): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(projections)
      .filter(([slot]) => slots.includes(slot))
      .map(([slot, projection]) => [slot, make(projection as Projection<unknown>)]),
  );

/** As the command line and the API name them. */
export const projectionNames: readonly string[] = Object.values(allProjections).map(({ name }) => name);

/** `pair` took the place of these. Clients may go on naming them for one release; the log names them for good. */
const formerNames: Readonly<Record<string, string>> = {
  lifecycle: pair.name,
  visibility: pair.name,
  editability: pair.name,
};

export const formerProjectionNames: readonly string[] = Object.keys(formerNames);

/** The name that a projection has today. */
export const currentNameOf = (projection: string): string =>
  Object.hasOwn(formerNames, projection) ? (formerNames[projection] ?? projection) : projection;
