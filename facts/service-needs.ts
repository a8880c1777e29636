/** What the record says against a step that needs a service: the one place for the warnings of commands and the runbook. */
import { isDown } from '../policy/stages.js';
import { poolOf } from './copies.js';
import type { PairFacts, PoolFacts } from './pair-state.js';
import { centralManagementDownOn, siteLinkIsDown, stoppedOn } from './services.js';

/** What a step needs of which pools; what is absent it does without. */
export interface ServiceNeeds {
  /** What is done, with its article, in lower case. */
  readonly does: string;
  /** It reads or writes the database of this pool, while that is up. */
  readonly databaseOf?: string;
  /** It reads or writes audio files on the share of this pool. */
  readonly fileShareOf?: string;
  /** It needs both pools at once; `file`: no more than that a file gets to this pool. */
  readonly siteLink?: true | { readonly fileTo: string };
  /** It changes what the Central Management store holds: the topology, or the state of a pool. */
  readonly centralManagement?: true;
}

export const exportNeeds = (fqdn: string): ServiceNeeds => ({
  does: 'an export',
  databaseOf: fqdn,
  fileShareOf: fqdn,
});

/** Of a file that was written on the same side, the network between the sites is not asked for. */
export const importNeeds = (fqdn: string, isFromOtherSide: boolean): ServiceNeeds => ({
  does: 'an import',
  databaseOf: fqdn,
  fileShareOf: fqdn,
  ...(isFromOtherSide ? { siteLink: { fileTo: fqdn } } : {}),
});

/** What is edited stands in the database of the pool that hosts it, and its audio on the share. */
export const editNeeds = (fqdn: string, isOfAudio: boolean): ServiceNeeds => ({
  does: 'the change',
  databaseOf: fqdn,
  ...(isOfAudio ? { fileShareOf: fqdn } : {}),
});

export const failbackNeeds: ServiceNeeds = { does: 'a failback', siteLink: true, centralManagement: true };

/** What stands against it: a stable name in kebab-case, and a sentence. */
export interface ServiceTrouble {
  readonly code:
    'back-end-database-unavailable' | 'file-share-down' | 'site-link-down' | 'central-management-down';
  readonly detail: string;
}

export function troubleWith(pair: PairFacts, needs: ServiceNeeds): readonly ServiceTrouble[] {
  return [
    ...ofDatabase(pair, needs),
    ...ofFileShare(pair, needs),
    ...ofSiteLink(pair, needs),
    ...ofCentralManagement(pair, needs),
  ];
}

/** Of a pool that is down the tables and the rules ask for the database themselves. */
function ofDatabase(pair: PairFacts, { does, databaseOf }: ServiceNeeds): readonly ServiceTrouble[] {
  const pool = databaseOf === undefined ? undefined : poolOf(pair, databaseOf);
  if (pool === undefined || isDown(pool.stage) || pool.backEndDatabase !== 'unavailable') return [];
  const detail = `The back-end database of ${pool.fqdn} is on record as unavailable, and ${does} needs it. If it answers, record that (report-back-end-database).`;
  return [{ code: 'back-end-database-unavailable', detail }];
}

function ofFileShare(pair: PairFacts, { does, fileShareOf }: ServiceNeeds): readonly ServiceTrouble[] {
  const pool = fileShareOf === undefined ? undefined : poolOf(pair, fileShareOf);
  if (pool === undefined || stoppedOn(pool, 'file-share') === null) return [];
  const detail = `The file share of ${pool.fqdn} is on record as down: ${does} may leave out its audio files, and callers then hear what is read out instead.`;
  return [{ code: 'file-share-down', detail }];
}

function ofSiteLink(pair: PairFacts, { does, siteLink }: ServiceNeeds): readonly ServiceTrouble[] {
  if (siteLink === undefined || !siteLinkIsDown(pair)) return [];
  const what =
    siteLink === true
      ? `${does} needs both pools`
      : `the file has to be on the side of ${siteLink.fileTo}, where ${does} reads it`;
  return [
    {
      code: 'site-link-down',
      detail: `The network between the sites is on record as down: ${what}.`,
    },
  ];
}

function ofCentralManagement(
  pair: PairFacts,
  { does, centralManagement }: ServiceNeeds,
): readonly ServiceTrouble[] {
  const on = centralManagement === true ? centralManagementDownOn(pair) : null;
  if (on === null) return [];
  const detail = `By the last report the Central Management store is on ${on}, and down: ${does} is written there, and fails until it is up, or failed over.`;
  return [{ code: 'central-management-down', detail }];
}

/** Why a pool that stands in, and is up, cannot hand over what it has; null where nothing on record says so. */
export function whyNothingIsHandedOver({ fqdn, stage, backEndDatabase, services }: PoolFacts): string | null {
  if (isDown(stage)) return null;
  if (backEndDatabase === 'unavailable')
    return `The back-end database of ${fqdn} is on record as unavailable: it can hand nothing over`;
  return stoppedOn({ services }, 'front-end') === 'all'
    ? `The Front End service of ${fqdn} is on record as stopped on all Front End servers: it can hand nothing over`
    : null;
}

/** What a failback from such a pool would lose; null where it loses nothing. */
export function whatFailbackLoses(standIn: PoolFacts): string | null {
  const why = whyNothingIsHandedOver(standIn);
  return (
    why &&
    `${why}. Bring it up first; with -DisasterMode (Invoke-CsPoolFailBack) what was created there is lost.`
  );
}
