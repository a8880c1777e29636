/** Why a step that is due cannot be taken: a pool that it needs is down. */
import type { PoolFacts } from '../../facts/pair.js';
import type { StepId } from '../../policy/runbook/steps.js';
import { canBeExported, isDown, serves } from '../../policy/stages.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';

type Obstacle = (context: ReadinessContext) => string | null;

const partnerComesFirst = ({ partner }: ReadinessContext): string =>
  `${partner.fqdn} is in stage ${partner.stage}: bring it back first, by its own runbook.`;

const partnerIsDown: Obstacle = (context) =>
  isDown(context.partner.stage) ? partnerComesFirst(context) : null;

/** The settings of a pool can be changed only while it serves: not while it fails back either. */
const partnerDoesNotServe: Obstacle = (context) =>
  serves(context.partner.stage) ? null : partnerComesFirst(context);

/** A pool that is down can be exported as long as its back-end database can be reached. */
const cannotBeExported = (pool: PoolFacts): string | null =>
  canBeExported(pool)
    ? null
    : `${pool.fqdn} is in stage ${pool.stage}, and its back-end database is ${pool.backEndDatabase}: it can be exported once the database is recorded as available, or the pool is back.`;

const partnerCannotBeExported: Obstacle = ({ partner }) => cannotBeExported(partner);

const obstacles: Readonly<Partial<Record<StepId, Obstacle>>> = {
  'export-partner': partnerCannotBeExported,
  'pre-stage': partnerIsDown,
  'rescue-export': ({ pool }) => cannotBeExported(pool),
  'import-to-backup': partnerIsDown,
  'fail-over': partnerIsDown,
  'sign-in-on-backup': partnerIsDown,
  'test-on-backup': partnerIsDown,
  'export-homeward': partnerCannotBeExported,
  'restore-settings': partnerDoesNotServe,
  'remove-copies': partnerIsDown,
};

/** Null where nothing does. */
export const obstacleTo = (id: StepId, context: ReadinessContext): string | null =>
  obstacles[id]?.(context) ?? null;
