/** Why a step that is due cannot be taken: a pool that it needs is down. */
import { missingAtHome } from '../../facts/carriers.js';
import { givingUpOf } from '../../facts/given-up.js';
import type { PoolFacts } from '../../facts/pair.js';
import type { StepId } from '../../policy/runbook/steps.js';
import { canBeExported, isDown, serves } from '../../policy/stages.js';
import { settingsComeAlong } from './homeward.js';
import { neededOnPartner } from '../readiness/application-settings.js';
import { homedIn } from '../readiness/homes.js';
import { counted } from '../readiness/finding.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';

type Obstacle = (context: ReadinessContext) => string | null;

const partnerComesFirst = ({ partner: { fqdn, stage, replaces } }: ReadinessContext): string =>
  replaces !== undefined && isDown(stage)
    ? `${fqdn} takes the place of ${replaces.fqdn} and does not serve yet: its own runbook comes first.`
    : `${fqdn} is in stage ${stage}: bring it back first, by its own runbook.`;

const partnerIsDown: Obstacle = (context) =>
  isDown(context.partner.stage) ? partnerComesFirst(context) : null;

/** The settings of a pool can be changed only while it serves: not while it fails back either. */
const partnerDoesNotServe: Obstacle = (context) =>
  serves(context.partner.stage) ? null : partnerComesFirst(context);

const settingsToImportFirst: Obstacle = (context) =>
  settingsComeAlong(context) ? neededOnPartner(context) : null;

/** A pool that is down can be exported as long as its back-end database can be reached. */
const cannotBeExported = (pool: PoolFacts): string | null =>
  canBeExported(pool)
    ? null
    : `${pool.fqdn} is in stage ${pool.stage}, and its back-end database is ${pool.backEndDatabase}: it can be exported once the database is recorded as available, or the pool is back.`;

const partnerCannotBeExported: Obstacle = ({ partner }) => cannotBeExported(partner);

const notReplacedYet: Obstacle = ({ pool }) =>
  pool.replaces === undefined ? 'The new pool is recorded first.' : null;

/** Calls are to find on the new pool what they found on the one that stood in. */
const notBroughtOver: Obstacle = (context) => {
  const missing = missingAtHome(context.pair, context.pool.fqdn).length;
  return missing === 0
    ? null
    : `${missing} ${missing === 1 ? 'object is' : 'objects are'} not on ${context.pool.fqdn} yet: import ${missing === 1 ? 'it' : 'them'} first.`;
};

/** The pool that was given up goes on in no pair first. */
const pairedStill: Obstacle = ({ pair, pool }) =>
  givingUpOf(pair, pool) === 'owns-nothing' ? `${pool.fqdn} is in a pair still: that ends first.` : null;

const neededStill: Obstacle = (context) => {
  const { pool } = context;
  const homed = homedIn(context).length;
  return (
    pairedStill(context) ??
    (homed === 0
      ? null
      : `${counted(homed, 'agent')} on record ${homed === 1 ? 'is' : 'are'} homed in ${pool.fqdn}: they are moved first.`)
  );
};

const obstacles: Readonly<Partial<Record<StepId, Obstacle>>> = {
  'export-partner': partnerCannotBeExported,
  'pre-stage': partnerIsDown,
  'rescue-export': ({ pool }) => cannotBeExported(pool),
  'import-to-backup': partnerIsDown,
  'fail-over': partnerIsDown,
  'sign-in-on-backup': partnerIsDown,
  'test-on-backup': partnerIsDown,
  'export-homeward': partnerCannotBeExported,
  'rehome-users': notReplacedYet,
  'complete-replacement': (context) => notReplacedYet(context) ?? notBroughtOver(context),
  'close-given-up': pairedStill,
  'retire-pool': neededStill,
  'restore-settings': (context) => partnerDoesNotServe(context) ?? settingsToImportFirst(context),
  'remove-copies': partnerIsDown,
};

/** Null where nothing does. */
export const obstacleTo = (id: StepId, context: ReadinessContext): string | null =>
  obstacles[id]?.(context) ?? null;
