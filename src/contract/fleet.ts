/** All pools at once: their readiness, and the messages of the live feed of all of them. */
import { severities } from '../../policy/readiness/findings.js';
import type { FleetPool } from '../../projections/fleet/pool.js';
import { exportBrief } from './export-brief.js';
import { eventSummary } from './event-summary.js';
import { findingId, readinessCounts, readinessSummary } from './readiness.js';
import {
  choice,
  count,
  describedAs,
  filledBy,
  list,
  named,
  nullable,
  object,
  text,
  type Described,
} from './schema.js';
import { backEndDatabase, fqdn, maybeDrill, moment, stage, staleness, time } from './words.js';
import { pairMembership } from './pair-membership.js';

const fleetPool = named(
  'FleetPool',
  filledBy<FleetPool>()(
    object(
      {
        fqdn,
        partner: text,
        pairId: text,
        stage,
        since: describedAs(time, 'When the stage began, as reported.'),
        incident: describedAs(nullable(text), 'The incident under way; null where there is none.'),
        backEndDatabase,
        openCalls: describedAs(count, 'Waiting and connected calls of what it owns.'),
        cutOffCalls: describedAs(count, 'Calls of what it owns that were cut off, ever.'),
        lastExport: describedAs(nullable(exportBrief), 'Of what the pool owns; null where there is none.'),
      },
      { ...maybeDrill, ...pairMembership },
    ),
  ),
  'A pool as one of many.',
);

export const fleetState = named(
  'FleetState',
  object({ ...moment, pools: list(fleetPool) }),
  'The data of an event `state`: all pools.',
);
export type FleetStateData = Described<typeof fleetState>;

export const fleetChange = named(
  'FleetChange',
  object({
    ...moment,
    events: describedAs(
      list(eventSummary),
      'What happened, but for what was reported of calls; of what a reader missed, nothing.',
    ),
    concerns: describedAs(list(text), 'Pools of which something is on record that was not before.'),
    pools: describedAs(list(fleetPool), 'Of these, each that is other than before, whole.'),
    gone: describedAs(list(text), 'Pools whose registration was taken back.'),
  }),
  'The data of an event `change`.',
);
export type FleetChangeData = Described<typeof fleetChange>;

const worst = named(
  'FindingBrief',
  object({
    id: findingId,
    severity: choice(...severities),
    detail: text,
    action: describedAs(text, 'What to do.'),
    objects: describedAs(count, 'How many objects it is about.'),
  }),
);

export const fleetReadinessAnswer = named(
  'FleetReadinessAnswer',
  object(
    {
      ...moment,
      counts: describedAs(readinessCounts, 'Findings of all these pools.'),
      pools: describedAs(
        list(
          named(
            'PoolReadiness',
            object(
              {
                ...readinessSummary,
                worst: describedAs(list(worst), 'The three worst findings; `readiness` of the pool has all.'),
              },
              { ...maybeDrill, ...pairMembership },
            ),
          ),
        ),
        'The worst first: by critical findings, then warnings, then what is at stake.',
      ),
    },
    staleness,
  ),
);
export type FleetReadinessAnswer = Described<typeof fleetReadinessAnswer>;
