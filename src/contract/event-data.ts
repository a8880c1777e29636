/** What the events hold that commands answer with, by type: always in their newest version. */
import type { ExportedFile } from '../../events/export-file.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { carriedPool } from './carried.js';
import { routes } from '../../events/replacement.js';
import {
  anyProperties,
  beside,
  besideChanges,
  exportedAudio,
  exportedObject,
  fileFinding,
  writtenAtFrom,
} from './exports.js';
import { eventDataOfPeople } from './event-data-of-people.js';
import { readings } from './pools.js';
import { placedObject, replicationEventData } from './replication-events.js';
import { applicationSettings, properties } from './object-properties.js';
import {
  boolean,
  choice,
  count,
  filledBy,
  describedAs,
  list,
  literal,
  named,
  nullable,
  object,
  record,
  text,
  type Schema,
} from './schema.js';
import {
  backEndDatabase,
  editableKind,
  extent,
  kind,
  productVersion,
  service,
  serviceState,
  time,
  tool,
} from './words.js';

type DataOf<Type extends PoolkeeperEvent['type']> = Extract<PoolkeeperEvent, { readonly type: Type }>['data'];

const ofPool = { pool: text } as const;
const withReason = object({ ...ofPool, reason: nullable(text) });
const maybeReason = { reason: text } as const;
const maybeDrill = {
  drill: describedAs(literal(true), 'A drill begins with it; absent where it does not.'),
} as const;
const milliseconds = nullable(count);
const registeredPool = object({ fqdn: text, site: nullable(text) });

/** Two of a kind. */
const pairOf = <Value>(value: Schema<Value>): Schema<readonly [Value, Value]> => ({
  type: 'array',
  items: value,
  minItems: 2,
  maxItems: 2,
});

const exportedFile = named(
  'ExportedFile',
  filledBy<ExportedFile>()(
    object(
      {
        contentHash: text,
        bytes: count,
        holdsSettings: boolean,
        taken: boolean,
        audio: list(exportedAudio),
        findings: list(fileFinding),
      },
      {
        agents: describedAs(
          list(text),
          'SIP addresses of the agents that the file lists, the first 10,000; absent where it has no such list.',
        ),
        managers: describedAs(list(text), 'The same for the managers.'),
        people: describedAs(
          object({ agents: record(anyProperties), managers: record(anyProperties) }),
          'What the file says of them besides their addresses, by address.',
        ),
        writtenAt: describedAs(time, 'When the file was written; absent where nothing said so.'),
        writtenAtFrom,
      },
    ),
  ),
);

const ofEvent = {
  eventId: text,
  eventType: text,
  revision: describedAs(text, 'Its place in the stream, decimal.'),
  reason: text,
} as const;
const maybePool = {
  pool: describedAs(text, 'The pool that it speaks of; absent where it names none.'),
} as const;

const configured = { ...ofPool, id: text, tool: nullable(tool) } as const;

export const eventData = {
  PairRegistered: filledBy<DataOf<'PairRegistered'>>()(
    object(
      { pairId: text, pools: pairOf(registeredPool), readings },
      {
        version: productVersion,
        carried: describedAs(
          list(carriedPool),
          'What its pools bring from the pairs that they were in before; absent where neither was in one.',
        ),
      },
    ),
  ),
  PairUnregistered: filledBy<DataOf<'PairUnregistered'>>()(
    object({ pairId: text, pools: pairOf(text) }, maybeReason),
  ),
  VersionSet: filledBy<DataOf<'VersionSet'>>()(object({ ...ofPool, version: productVersion })),
  PairEnded: filledBy<DataOf<'PairEnded'>>()(
    object(
      { pairId: text, pools: pairOf(text) },
      {
        givenUp: describedAs(text, 'The pool that failed, owns nothing any more and does not come back.'),
        ...maybeReason,
      },
    ),
  ),
  PoolLeft: filledBy<DataOf<'PoolLeft'>>()(
    object({
      ...ofPool,
      pairId: describedAs(text, 'The pair in which its record goes on.'),
      partner: describedAs(text, 'The other pool of that pair.'),
    }),
  ),
  PoolGivenUp: filledBy<DataOf<'PoolGivenUp'>>()(object(ofPool, maybeReason)),
  PoolRetired: filledBy<DataOf<'PoolRetired'>>()(object(ofPool, maybeReason)),
  ReadingChosen: filledBy<DataOf<'ReadingChosen'>>()(object({ ...ofPool, reading: text, choice: text })),
  OutageDeclared: filledBy<DataOf<'OutageDeclared'>>()(
    object({ ...ofPool, backEndDatabase, reason: nullable(text), site: nullable(text) }, maybeDrill),
  ),
  BackEndDatabaseReported: filledBy<DataOf<'BackEndDatabaseReported'>>()(
    object({ ...ofPool, state: backEndDatabase }, maybeReason),
  ),
  OutageEnded: filledBy<DataOf<'OutageEnded'>>()(object(ofPool, maybeReason)),
  IncidentClosed: filledBy<DataOf<'IncidentClosed'>>()(object(ofPool, maybeReason)),
  FailoverInitiated: filledBy<DataOf<'FailoverInitiated'>>()(
    object({ ...ofPool, backup: text, disasterMode: boolean }, { ...maybeReason, ...maybeDrill }),
  ),
  FailoverCompleted: filledBy<DataOf<'FailoverCompleted'>>()(withReason),
  FailoverFailed: filledBy<DataOf<'FailoverFailed'>>()(withReason),
  FailbackInitiated: filledBy<DataOf<'FailbackInitiated'>>()(object(ofPool, maybeReason)),
  FailbackCompleted: filledBy<DataOf<'FailbackCompleted'>>()(withReason),
  FailbackFailed: filledBy<DataOf<'FailbackFailed'>>()(withReason),
  RouteChosen: filledBy<DataOf<'RouteChosen'>>()(
    object({ ...ofPool, route: choice(...routes), replacement: nullable(text) }, maybeReason),
  ),
  PoolReplaced: filledBy<DataOf<'PoolReplaced'>>()(
    object({ ...ofPool, replacement: text, site: nullable(text) }, maybeReason),
  ),
  ReplacementCompleted: filledBy<DataOf<'ReplacementCompleted'>>()(withReason),
  TargetsSet: filledBy<DataOf<'TargetsSet'>>()(
    object({ ...ofPool, recoveryTime: milliseconds, recoveryPoint: milliseconds }),
  ),
  IncidentAnnotated: filledBy<DataOf<'IncidentAnnotated'>>()(
    object({ ...ofPool, incident: text, text }, { at: text }),
  ),
  StepTicked: filledBy<DataOf<'StepTicked'>>()(
    object({ ...ofPool, incident: text, step: text }, { note: text }),
  ),
  ObjectCreated: filledBy<DataOf<'ObjectCreated'>>()(
    object({ ...configured, kind, name: text, properties }, beside),
  ),
  ObjectModified: filledBy<DataOf<'ObjectModified'>>()(
    object(
      { ...configured, kind: editableKind, name: nullable(text), properties },
      {
        owner: describedAs(text, 'The new owner; absent where the owner stays.'),
        ...besideChanges,
      },
    ),
  ),
  ObjectRemoved: filledBy<DataOf<'ObjectRemoved'>>()(object({ ...configured, kind })),
  ResponseGroupsExported: filledBy<DataOf<'ResponseGroupsExported'>>()(
    object(
      {
        exportId: text,
        ...ofPool,
        owner: nullable(text),
        fileName: nullable(text),
        removeExported: boolean,
        objects: list(exportedObject),
        applicationSettings,
      },
      {
        file: nullable(exportedFile),
        filePath: text,
        settingsBeside: describedAs(
          object({}, beside),
          'What the file says of the settings besides; absent where it says nothing.',
        ),
      },
    ),
  ),
  ...replicationEventData,
  ResponseGroupsImported: filledBy<DataOf<'ResponseGroupsImported'>>()(
    object(
      {
        exportId: text,
        destination: text,
        overwriteOwner: boolean,
        replaceExistingSettings: boolean,
        resolveNameConflicts: boolean,
        objects: list(placedObject),
      },
      { overwriteEdits: boolean },
    ),
  ),
  ServiceReported: filledBy<DataOf<'ServiceReported'>>()(
    object(
      { ...ofPool, service, state: serviceState },
      {
        frontEnds: describedAs(extent, 'Of what each Front End server runs; absent for the others.'),
        ...maybeReason,
      },
    ),
  ),
  ...eventDataOfPeople,
  EventRetracted: filledBy<DataOf<'EventRetracted'>>()(
    object(ofEvent, {
      ...maybePool,
      incident: describedAs(text, 'The incident that began with the event; absent where none did.'),
    }),
  ),
  EventTimeCorrected: filledBy<DataOf<'EventTimeCorrected'>>()(
    object(
      {
        ...ofEvent,
        occurredAt: describedAs(time, 'When the event happened.'),
        before: describedAs(time, 'When it was believed to have happened until then.'),
      },
      maybePool,
    ),
  ),
} as const;
