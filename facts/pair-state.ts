/** The facts of a pair, as the fold of its stream keeps them. */
import type { AudioByPath, Beside } from '../events/export-file.js';
import type { EventType } from '../events/registry.js';
import type { ResponseGroupsExported } from '../events/transfer.js';
import type {
  BackEndDatabaseState,
  ObjectKind,
  ProductVersion,
  Properties,
  ReplicationImportState,
  ReplicationState,
} from '../events/vocabulary.js';
import type { ChosenReadings } from '../policy/readings.js';
import type { Stage, StageEventType } from '../policy/stages.js';
import type { CarriedExport } from '../events/carried.js';
import type { ServicesOnRecord } from './services.js';
import type { Departure, PairEnding, PoolEnding } from './endings.js';
import type { Change, EventRef, IncidentLogEntry, Removal } from './event-ref.js';
import type { IncidentNote, StepTick } from './incident-notes.js';
import type { ChosenRoute, FormerName } from './route.js';
import type { StruckIncident } from './struck-incident.js';

/**
 * The version of the facts of a pair. Raise it when `PairFacts` changes its shape, when `evolvePair` makes other facts of
 * the same events, or when `policy/calls.ts` gives other outcomes, which call status keeps: every projection that keeps
 * these facts has it in its version, so that earlier snapshots are not read and the projection is rebuilt from the log.
 */
export const PAIR_FACTS_VERSION = 14;

/** One copy of an object. Its key is (parent, kind, id); a name is no key. */
export interface Copy {
  readonly parent: string;
  readonly kind: ObjectKind;
  readonly id: string;
  name: string;
  owner: string;
  properties: Properties;
  /** What the last file said besides that no cmdlet documents or that fits no type, by path; absent where nothing. */
  unknownProperties?: Properties;
  /** The audio files that it names, by path; absent where it names none or none is known. */
  audio?: AudioByPath;
  /** The owner pool's own object was removed, which silently takes this copy out of service. */
  ownerRemoved: boolean;
  /** It is there without an import: the owner's backup service, or the file of this pool, put it on record. Absent where not. */
  readonly replica?: true;
  /** The pool whose backup service put the replica there, where another pool has taken its place since. */
  replicatedFrom?: string;
  /** The position at which the copy was created or last imported here. */
  readonly hostedSince: bigint;
  /** The last change of this copy, on this pool. */
  lastChange: Change;
  /** As of when it is on record as a whole: what a file showed, as of the time at which the file was written. */
  knownAt: string;
  /** The same of what was changed since, by `partOf`; absent where nothing was. */
  partsKnownAt?: KnownAt;
}

/** Times by part: the name of a property, or `/name` and `/owner`. */
export type KnownAt = Readonly<Record<string, string>>;

/** Settings of one pool that took the place of those of its partner. */
export interface SettingsReplaced {
  readonly previous: Properties;
  readonly settings: Properties;
  /** The id of the export that they came from; null where somebody set them by hand while their pool was down. */
  readonly by: string | null;
  /** The position of the import, or of the change. */
  readonly position: bigint;
}

export interface PoolFacts {
  readonly fqdn: string;
  readonly site: string | null;
  stage: Stage;
  /** When the stage began, as reported. */
  since: string;
  backEndDatabase: BackEndDatabaseState;
  /** As reported last, by service; absent while none was. */
  services?: ServicesOnRecord;
  /** That it had in the pair that it left; absent where there was none. */
  lastExport?: CarriedExport;
  /** The incident under way; null where there is none. */
  incident: string | null;
  lastStageEvent: StageEventType | null;
  /** The reason that was given with it; null where none was. */
  lastStageReason: string | null;
  /** The stage in which the current failover began; null before the first. */
  failoverFrom: Stage | null;
  applicationSettings: Properties;
  /** What the last file said of the settings besides. */
  settingsBeside: Beside;
  /** When the recorded configuration last changed or was last seen in a file; null while nothing is on record. */
  configuredAt: string | null;
  /** When the last file that was taken as its configuration was written, as far as that is known; null before the first. */
  seenAt: string | null;
  /** As of when each of its settings is on record, by name; those that nobody has set are not in it. */
  settingsKnownAt: KnownAt;
  /** The last change of the settings; null before the first. */
  settingsChange: Change | null;
  /** Null where the pool has always had settings of its own, or has them back from a file of its own. */
  settingsReplaced: SettingsReplaced | null;
  /** Sign-ins to this pool's own groups, or to imported copies of them, up to these positions are void. */
  readonly signInsVoidUpTo: { primary: bigint; imported: bigint };
  /** It went down while its partner was, and both have been down since; absent where not. */
  failedSecond?: true;
  /** Its incident ended without its coming back; null where none did. */
  givenUp: PoolEnding | null;
  /** It serves no more; null where it does. */
  retired: PoolEnding | null;
  /** The way out that was chosen in the incident under way; absent where none was. */
  route?: ChosenRoute;
  /** The pool in whose place it stands, until the incident in which that was lost is over; absent otherwise. */
  replaces?: LostPool;
}

export interface LostPool extends EventRef<'PoolReplaced'> {
  readonly fqdn: string;
  /** Its own application settings, which went with it. */
  readonly settings: Properties;
  /** What it owned and hosted, as it was last. */
  readonly copies: readonly Copy[];
}

/** From the first of OutageDeclared / FailoverInitiated until the pool is normal again, or its next incident. */
export interface Incident {
  /** `<pairId>-<n>`, n counting the pair's incidents from 1. */
  readonly id: string;
  /** By its present name. */
  pool: string;
  /** The name that the pool had when the incident began; absent where no other pool has taken its place since. */
  formerly?: string;
  readonly startedAt: string;
  readonly startedAtPosition: bigint;
  /** When the event that began it was written. */
  readonly recordedAt: string;
  /** It was declared as one from the first. */
  readonly drill: boolean;
  /** How many workflows of its own the pool had when it began. */
  readonly workflows: number;
  /** The settings of the other pool when it began. */
  readonly partnersSettings: Properties;
  endedAt: string | null;
  endedAtPosition: bigint | null;
  /** Those that were aimed at when it ended; null where it has not, or nothing was aimed at. */
  targets: Targets | null;
  /** In the order of the log. */
  readonly notes: IncidentNote[];
  /** By step: the latest tick of each step of the runbook that no event completes. */
  readonly ticks: Map<string, StepTick>;
}

/** In milliseconds; null: not set. */
export interface Targets {
  readonly recoveryTime: number | null;
  readonly recoveryPoint: number | null;
  /** When each was set to that, as reported; null where it never was. */
  readonly setAt: { readonly recoveryTime: string | null; readonly recoveryPoint: string | null };
}

/** What is on record of the replication of response groups. */
export interface ReplicationFacts {
  /** Null where nobody has said. */
  readonly enabled: boolean | null;
  /** The position at which it was last switched on, by what is on record; null before. */
  readonly enabledSince: bigint | null;
  /** Absent where nobody has said whether it is on. */
  readonly enabledSet?: SettingRecord;
  /** By pool: of what it owns, to its partner. */
  readonly byPool: Readonly<Record<string, PoolReplication>>;
  /** How copies were before they were changed, in the order of the log: what is not on the partner yet is known by it. */
  readonly journal: JournalEntry[];
}

/** How a setting came to be as it is. */
export interface SettingRecord {
  /** RFC 3339, UTC: as of when. */
  readonly at: string;
  /** Null where none was given. */
  readonly reason: string | null;
}

export interface PoolReplication {
  /** Null where nobody has said; `seeded` likewise. */
  readonly update: boolean | null;
  readonly seeded: boolean | null;
  /** Each where somebody has said it. */
  readonly updateSet?: SettingRecord;
  readonly seededSet?: SettingRecord;
  /** What the last status check said; null before the first. */
  readonly state: ReplicationState | null;
  readonly reported: EventRef<'ReplicationReported'> | null;
  /** How this pool takes in what its partner exports, as last reported; null where nobody has said. */
  readonly importState: ReplicationImportState | null;
  /** RFC 3339, UTC: up to when all is on the partner; null while it was never in a good state. */
  readonly lastGood: string | null;
}

export interface JournalEntry {
  /** Of `copyKey`. */
  readonly key: string;
  /** When the change happened, as far as that is known. */
  readonly at: string;
  /** Null where the change created it. */
  readonly before: Copy | null;
}

export type ExportFacts = ResponseGroupsExported['data'];

export interface PairFacts {
  readonly pairId: string;
  /** When it was registered, as reported. */
  readonly registeredAt: string;
  pools: readonly [PoolFacts, PoolFacts];
  /** Of pools that were replaced, the oldest first. */
  readonly formerNames: FormerName[];
  /** The version of the product, and since when it is on record; null where it is not known. */
  version: { readonly version: ProductVersion; readonly at: string } | null;
  /** Null while the two pools back each other up. */
  ended: PairEnding | null;
  /** The pools that have gone on in another pair, by name: what was on record of them here is so no longer. */
  readonly departed: Map<string, Departure>;
  /** A pool of it has a record from before, which came from another pair. */
  carries: boolean;
  /** Null where nothing is on record of it. */
  replication: ReplicationFacts | null;
  readings: ChosenReadings;
  /** When each reading was chosen, by its id; those that were not chosen after the registration are not in it. */
  readingsChosenAt: KnownAt;
  /** By `copyKey`. */
  readonly copies: Map<string, Copy>;
  /** By `copyKey`: the copies that were removed, with the event that removed each. */
  readonly removed: Map<string, Removal>;
  readonly exports: Map<string, ExportFacts>;
  readonly incidents: Incident[];
  /** Incidents whose beginning was retracted: their numbers are not given again. */
  readonly struckIncidents: StruckIncident[];
  /** What the pair aims at; null while nothing was ever set. */
  targets: Targets | null;
  /** In the order of the log. */
  incidentLog: IncidentLogEntry[];
  /** How many events of each type are on record since the registration, but for readings that were chosen. */
  readonly recorded: Map<EventType, number>;
}

export const copyKey = (parent: string, kind: ObjectKind, id: string): string => `${parent}|${kind}|${id}`;

export const poolOf = (pair: PairFacts, fqdn: string): PoolFacts | undefined =>
  pair.pools.find((pool) => pool.fqdn === fqdn);
