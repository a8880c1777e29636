/** Pools, and who sees and may change which copy of an object. */
import { replicationImportStates, replicationStates } from '../../events/vocabulary.js';
import type { EditabilityView } from '../../projections/editability/view.js';
import type { PoolView } from '../../projections/lifecycle/view.js';
import type { ReplicationEntry } from '../../projections/lifecycle/replication.js';
import type { ServiceEntry } from '../../projections/lifecycle/services.js';
import type { ConsoleEntry, VisibilityView } from '../../projections/visibility/view.js';
import { exportBrief } from './export-brief.js';
import { applicationSettings } from './object-properties.js';
import {
  boolean,
  choice,
  count,
  filledBy,
  list,
  named,
  nullable,
  object,
  record,
  describedAs,
  text,
  union,
  type Described,
} from './schema.js';
import { maybeCited, maybeOrigin } from './sources.js';
import { notYetRegistered } from './not-yet-registered.js';
import {
  backEndDatabase,
  extent,
  fqdn,
  grounds,
  kind,
  maybeDrill,
  moment,
  ownership,
  service,
  serviceState,
  productVersion,
  stage,
  staleness,
  time,
  toolsThatChange,
  toolsThatShow,
  warning,
} from './words.js';
import { pairMembership } from './pair-membership.js';

export const readings = describedAs(
  record(text),
  'Reading id to choice. Where a reading is not named, its default holds.',
);

const poolMembers = {
  fqdn,
  partner: describedAs(text, 'The other pool of the pair.'),
  pairId: text,
  site: nullable(text),
  stage,
  since: describedAs(time, 'When the stage began, as reported.'),
  incident: describedAs(nullable(text), 'The incident under way; null where there is none.'),
  backEndDatabase,
  readings,
  applicationSettings,
  ...grounds,
} as const;

export const maybeServices = {
  services: describedAs(
    list(
      named(
        'ServiceEntry',
        filledBy<ServiceEntry>()(
          object(
            { service, state: serviceState, since: time, reason: nullable(text) },
            { frontEnds: describedAs(extent, 'Of what each Front End server runs.') },
          ),
        ),
      ),
    ),
    'What was reported of its services; absent while nothing was.',
  ),
} as const;

export const maybeReplication = {
  replication: describedAs(
    named(
      'Replication',
      filledBy<ReplicationEntry>()(
        object({
          enabled: describedAs(
            nullable(boolean),
            'The one switch of the deployment; null where nobody has said.',
          ),
          update: describedAs(
            nullable(boolean),
            'Whether this pool has the update; null where nobody has said.',
          ),
          seeded: describedAs(
            nullable(boolean),
            'Whether what this pool had before was seeded; null where nobody has said.',
          ),
          state: describedAs(
            nullable(choice(...replicationStates)),
            'What the last status check said of its export to the partner; null before the first.',
          ),
          importState: describedAs(
            nullable(choice(...replicationImportStates)),
            'How this pool takes in what its partner exports, by the last check that said; null where none did.',
          ),
          reported: describedAs(nullable(time), 'When the last check was, as reported.'),
          lastGood: describedAs(
            nullable(time),
            'Up to when all that this pool owns is on its partner; null while it was never in a good state.',
          ),
        }),
      ),
    ),
    'What was reported of the replication of what it owns to its partner; absent while nothing was.',
  ),
} as const;

export const maybeVersion = {
  version: describedAs(productVersion, 'The version of the product; absent where it is not known.'),
} as const;

/** One pool, without what a view says of itself. */
const ofPool = {
  ...maybeDrill,
  ...pairMembership,
  ...maybeServices,
  ...maybeReplication,
  ...maybeVersion,
} as const;

export const poolView = named('Pool', filledBy<PoolView>()(object(poolMembers, ofPool)));

/** What the list of all pools says besides. */
const asOneOfMany = {
  openCalls: describedAs(count, 'Waiting and connected calls of what it owns.'),
  lastExport: describedAs(nullable(exportBrief), 'Of what the pool owns; null where there is none.'),
} as const;

export const poolsAnswer = named(
  'PoolsAnswer',
  object(
    {
      ...moment,
      pools: list(
        named('PoolEntry', object({ ...poolMembers, ...asOneOfMany }, { ...ofPool, ...staleness })),
      ),
    },
    staleness,
  ),
  'Every pool that was registered at the moment.',
);
export type PoolsAnswer = Described<typeof poolsAnswer>;

const pool = named('PoolAnswer', object({ ...moment, ...poolMembers }, { ...ofPool, ...staleness }));
export const poolAnswer = union(pool, notYetRegistered);
export type PoolAnswer = Described<typeof poolAnswer>;

const consoleEntry = named(
  'ConsoleEntry',
  filledBy<ConsoleEntry>()(object({ displayed: boolean, signIn: boolean, ...grounds }, maybeCited)),
  'What the agent console shows of an agent group.',
);

export const copyMembers = {
  id: text,
  kind,
  name: text,
  owner: describedAs(text, 'The pool that the object belongs to.'),
  parent: describedAs(text, 'The pool that hosts this copy.'),
  ownership: describedAs(ownership, 'As seen from the pool that was asked for.'),
} as const;

export const visibleCopy = named(
  'VisibleCopy',
  filledBy<VisibilityView['objects'][number]>()(
    object(
      { ...copyMembers, tools: toolsThatShow, ...grounds, warnings: list(warning) },
      { agentConsole: consoleEntry, ...maybeOrigin },
    ),
  ),
  'A copy of an object, and with which tools it is seen.',
);

export const editableCopy = named(
  'EditableCopy',
  filledBy<EditabilityView['objects'][number]>()(
    object({ ...copyMembers, tools: toolsThatChange, ...grounds, warnings: list(warning) }, maybeOrigin),
  ),
  'A copy of an object, and with which tools it may be changed.',
);

const sides = { fqdn, stage, partner: text, partnerStage: stage } as const;

const visibilityMembers = { ...sides, objects: list(visibleCopy) } as const;
export const visibilityView = named(
  'Visibility',
  filledBy<VisibilityView>()(object(visibilityMembers, pairMembership)),
);
const visibility = named(
  'VisibilityAnswer',
  object({ ...moment, ...visibilityMembers }, { ...pairMembership, ...staleness }),
);
export const visibilityAnswer = union(visibility, notYetRegistered);
export type VisibilityAnswer = Described<typeof visibilityAnswer>;

const editabilityMembers = { ...sides, objects: list(editableCopy) } as const;
export const editabilityView = named(
  'Editability',
  filledBy<EditabilityView>()(object(editabilityMembers, pairMembership)),
);
const editability = named(
  'EditabilityAnswer',
  object({ ...moment, ...editabilityMembers }, { ...pairMembership, ...staleness }),
);
export const editabilityAnswer = union(editability, notYetRegistered);
export type EditabilityAnswer = Described<typeof editabilityAnswer>;
