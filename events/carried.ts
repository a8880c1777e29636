/** What is on record of a pool, as the event holds it with which it goes on in the stream of another pair. */
import type { AudioByPath, Beside } from './export-file.js';
import type { BackEndDatabaseState, ObjectKind, Properties } from './vocabulary.js';

/** A reference to an earlier event; the position is decimal. */
export interface CarriedRef {
  readonly type: string;
  readonly position: string;
  readonly occurredAt: string;
  readonly actor: string;
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
  readonly lastChange: CarriedRef;
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
  readonly settingsChange: CarriedRef | null;
  readonly configuredAt: string | null;
  readonly seenAt: string | null;
  /** Positions up to which sign-ins to its own groups, or to imported copies of them, are void, decimal. */
  readonly signInsVoidUpTo: { readonly primary: string; readonly imported: string };
}
