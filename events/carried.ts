/** What is on record of a pool, as the event holds it with which it goes on in the stream of another pair. */
import type { AudioByPath, Beside } from './export-file.js';
import type {
  BackEndDatabaseState,
  Extent,
  ObjectKind,
  Properties,
  Service,
  ServiceState,
} from './vocabulary.js';

/** A reference to an earlier event; the position is decimal. */
export interface CarriedRef<Type extends string> {
  readonly type: Type;
  readonly position: string;
  readonly occurredAt: string;
  readonly actor: string;
}

/** The events that change a copy, or the settings of a pool. */
export const carriedChanges = [
  'ObjectCreated',
  'ObjectModified',
  'ResponseGroupsImported',
  'ReplicaShown',
  'ReplicationReported',
] as const;
export type CarriedChange = CarriedRef<(typeof carriedChanges)[number]>;

/** A service of the pool, as it was reported last. */
export interface CarriedService {
  readonly service: Service;
  readonly state: ServiceState;
  readonly frontEnds: Extent | null;
  readonly reason: string | null;
  readonly reported: CarriedRef<'ServiceReported'>;
}

/** The last export of all that a pool owns, of which the pair that it left has the file. */
export interface CarriedExport {
  readonly exportId: string;
  readonly fileName: string | null;
  /** As of when it is known what the file holds. */
  readonly knownAt: string;
  /** The partner of then. */
  readonly partner: string;
}

/** Times by part: the name of a property, or `/name` and `/owner`. */
type Times = Readonly<Record<string, string>>;

/** A copy that the pool hosts. */
export interface CarriedCopy {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly properties: Properties;
  readonly unknownProperties?: Properties;
  readonly audio?: AudioByPath;
  readonly ownerRemoved: boolean;
  readonly replica?: true;
  /** The position since which it is hosted here, decimal. */
  readonly hostedSince: string;
  readonly lastChange: CarriedChange;
  readonly knownAt: string;
  readonly partsKnownAt?: Times;
}

export interface CarriedPool {
  readonly fqdn: string;
  /** The pair that it comes from. */
  readonly from: string;
  /** Since when it is in stage `normal`, as reported. */
  readonly since: string;
  readonly backEndDatabase: BackEndDatabaseState;
  readonly copies: readonly CarriedCopy[];
  readonly applicationSettings: Properties;
  readonly settingsBeside: Beside;
  readonly settingsKnownAt: Times;
  readonly settingsChange: CarriedChange | null;
  readonly configuredAt: string | null;
  readonly seenAt: string | null;
  /** Absent while nothing was reported of its services, and in registrations that did not carry them yet. */
  readonly services?: readonly CarriedService[];
  /** Absent where there was none, and in registrations that did not carry it yet. */
  readonly lastExport?: CarriedExport;
  /** Positions up to which sign-ins to its own groups, or to imported copies of them, are void, decimal. */
  readonly signInsVoidUpTo: { readonly primary: string; readonly imported: string };
}
