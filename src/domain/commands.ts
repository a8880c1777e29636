/** Every command of Poolkeeper: its name, and its body as the API has normalised it. */
import type { Beside, ExportedAudio, FileFinding, PeopleBeside } from '../../events/export-file.js';
import type { ReplacementCommands } from './replacement-commands.js';
import type { ExportedObject } from '../../events/transfer.js';
import type {
  BackEndDatabaseState,
  EditableKind,
  Extent,
  ObjectKind,
  ProductVersion,
  Properties,
  ReplicationImportState,
  ReplicationState,
  ServiceState,
  Tool,
} from '../../events/vocabulary.js';
import type { AgentCommands, ListCommands } from './agent-commands.js';
import type { NamedService } from '../../policy/services.js';

export interface PoolToRegister {
  readonly fqdn: string;
  readonly site?: string;
}

interface OnPool {
  readonly pool: string;
}
interface OnPoolWithReason extends OnPool {
  readonly reason?: string;
}

/** Commands that the pair's stream decides. `pool` names a pool of the pair; for objects it is the parent. */
export interface PairCommands extends ReplacementCommands {
  'set-replication': OnPoolWithReason & {
    /** What is absent stays. */
    readonly enabled?: boolean;
    readonly update?: boolean;
    readonly seeded?: boolean;
  };
  'report-replication': OnPool & {
    readonly state: ReplicationState;
    readonly importState?: ReplicationImportState;
    /** RFC 3339, UTC, milliseconds. */
    readonly at?: string;
  };
  'set-version': OnPool & { readonly version: ProductVersion };
  'choose-reading': OnPool & { readonly reading: string; readonly choice: string };
  'create-object': OnPool & {
    readonly kind: ObjectKind;
    readonly id?: string;
    readonly name: string;
    readonly properties?: Properties;
    readonly tool: Tool;
  };
  'modify-object': OnPool & {
    readonly kind: EditableKind;
    /** Not needed for the settings of a pool, of which there is one set. */
    readonly id?: string;
    readonly name?: string;
    readonly properties?: Properties;
    readonly tool: Tool;
  };
  'remove-object': OnPool & { readonly kind: ObjectKind; readonly id: string; readonly tool: Tool };
  'record-export': OnPool & {
    readonly owner?: string;
    readonly fileName?: string;
    readonly removeExported?: boolean;
  };
  'import-response-groups': {
    readonly destination: string;
    readonly exportId: string;
    readonly overwriteOwner?: boolean;
    readonly replaceExistingSettings?: boolean;
    readonly resolveNameConflicts?: boolean;
    /** What was changed at the destination since the file was written may be lost. */
    readonly overwriteEdits?: boolean;
  };
  'declare-outage': OnPoolWithReason & {
    readonly backEndDatabase?: BackEndDatabaseState;
    /** Set by declare-site-outage. */
    readonly site?: string;
    /** A drill begins; false where absent. */
    readonly drill?: boolean;
  };
  'report-back-end-database': OnPoolWithReason & { readonly state: BackEndDatabaseState };
  'report-service': OnPoolWithReason & {
    readonly service: NamedService;
    readonly state: ServiceState;
    readonly frontEnds?: Extent;
  };
  /** The same with the state "stopped". */
  'report-service-stopped': OnPoolWithReason & {
    readonly service: NamedService;
    readonly frontEnds?: Extent;
  };
  'end-outage': OnPoolWithReason;
  'close-incident': OnPoolWithReason;
  'initiate-failover': OnPoolWithReason & { readonly disasterMode?: boolean; readonly drill?: boolean };
  'complete-failover': OnPoolWithReason;
  'fail-failover': OnPoolWithReason;
  failback: OnPoolWithReason;
  'complete-failback': OnPoolWithReason;
  'fail-failback': OnPoolWithReason;
  'set-targets': OnPool & {
    /** In milliseconds; `none` takes the target back. What is absent stays. */
    readonly recoveryTime?: number | 'none';
    readonly recoveryPoint?: number | 'none';
  };
  'annotate-incident': OnPool & {
    readonly text: string;
    /** The moment that it speaks of: RFC 3339, UTC, milliseconds. */
    readonly at?: string;
  };
  'tick-step': OnPool & { readonly step: string; readonly note?: string };
}

/** An object of a file of Export-CsRgsConfiguration; its id is the InstanceId. */
export type FileObject = Omit<ExportedObject, 'owner' | 'instanceId'> & {
  /** Null where the file does not say. */
  readonly owner: string | null;
};

/** The content of such a file. */
export interface ExportContent {
  readonly objects: readonly FileObject[];
  /** Null where the file has none. */
  readonly applicationSettings: Properties | null;
  /** What the file says of the settings besides. */
  readonly settingsBeside?: Beside;
  /** The pools that the identities in it name, in lower case: the pool that was exported. None where they name none. */
  readonly parents?: readonly string[];
  readonly audio: readonly ExportedAudio[];
  /** SIP addresses that the file lists; absent where it has no such list. */
  readonly agents?: readonly string[];
  readonly managers?: readonly string[];
  /** What it says of them besides. */
  readonly people?: PeopleBeside;
  readonly findings: readonly FileFinding[];
}

/** RFC 3339, UTC, milliseconds; each absent where it cannot be the time at which the file was written. */
export type OwnTimes = {
  /** The newest date of its entries. */
  readonly entryDates?: string;
  /** Where it was sent from. */
  readonly fileTime?: string;
};

/** Commands that the pair's stream decides too, but that come with a file instead of a body. */
export interface FileCommands {
  'add-export': OnPool & {
    /** Without a folder. */
    readonly fileName: string;
    /** Where the file was given with its folder. */
    readonly filePath?: string;
    /** The owner that the export was restricted to. */
    readonly owner?: string;
    /** The pool owns nothing any more: what is on record of its own goes, though the file holds nothing that it owns. */
    readonly emptied?: boolean;
    readonly contentHash: string;
    readonly bytes: number;
    /** RFC 3339, UTC, milliseconds: when the file was written, where somebody says so. */
    readonly writtenAt?: string;
    /** What the file says of that itself, where nobody does. */
    readonly itsOwnTimes?: OwnTimes;
    /** The file counts as what the pool has now, whatever it says of when it was written. */
    readonly now?: boolean;
    readonly content: ExportContent;
  };
}

export interface CallCommands {
  'report-call-arrived': {
    readonly callId: string;
    readonly pool: string;
    readonly responseGroup: string;
    readonly caller?: string;
  };
  'report-call-connected': { readonly callId: string; readonly agent: string };
  'report-call-ended': { readonly callId: string };
  'place-call-on-behalf': {
    readonly agent: string;
    readonly pool: string;
    readonly responseGroup: string;
    readonly callee?: string;
  };
}

export interface PairingCommands {
  'register-pair': {
    readonly pools: readonly [PoolToRegister, PoolToRegister];
    readonly readings?: Readonly<Record<string, string>>;
    /** Not known where absent. */
    readonly version?: ProductVersion;
  };
  'unregister-pair': OnPoolWithReason;
  unpair: OnPoolWithReason;
  'retire-pool': OnPoolWithReason;
}

/** Corrections of events that were recorded: the stream of the event decides. */
export interface CorrectionCommands {
  retract: { readonly eventId: string; readonly reason: string };
  'correct-time': {
    readonly eventId: string;
    /** When it happened: RFC 3339, UTC, milliseconds. */
    readonly occurredAt: string;
    readonly reason: string;
  };
}

export interface SiteCommands {
  'declare-site-outage': {
    readonly site: string;
    readonly backEndDatabase?: BackEndDatabaseState;
    /** A drill begins in each pair; false where absent. */
    readonly drill?: boolean;
    readonly reason?: string;
  };
}

export interface CommandBodies
  extends PairingCommands, PairCommands, AgentCommands, CallCommands, SiteCommands, CorrectionCommands {}

export type CommandName = keyof CommandBodies;

export type CommandOf<Bodies, Name extends keyof Bodies = keyof Bodies> = {
  [Key in Name]: { readonly name: Key; readonly body: Bodies[Key] };
}[Name];

export type PairCommand = CommandOf<PairCommands & FileCommands>;
export type { AgentCommands, ListCommands } from './agent-commands.js';
export type AgentCommand = CommandOf<AgentCommands & ListCommands>;
export type CallCommand = CommandOf<CallCommands>;
export type CorrectionCommand = CommandOf<CorrectionCommands>;
export type Command = CommandOf<CommandBodies & FileCommands & ListCommands>;
