import type { BackEndDatabaseState, Tool } from '../../events/vocabulary.js';
import type { StatementId } from '../statements.js';

/** Seen from the failed pool: owned and hosted by it, owned by its partner, or owned by it and hosted by its partner. */
export const ownerships = ['primary', 'backup', 'imported'] as const;
export type Ownership = (typeof ownerships)[number];

export type CallOutcome = 'remain-connected' | 'disconnected' | 'none-in-this-status';
export type Reachability = 'reachable' | 'unreachable';
export type NewCallOutcome =
  | { readonly call: 'disconnected' }
  | {
      readonly call: 'connected';
      readonly to: 'primary' | 'backup';
      readonly primaryHomedAgents: Reachability;
    };
export type OnBehalfOutcome = 'disabled' | 'fail' | 'succeed';
export interface ConsoleOutcome {
  readonly displayed: boolean;
  readonly signIn: boolean;
}
/** `depends`: on the back-end database, of which nothing is known. */
export type Visible = boolean | 'depends';
export interface ToolOutcome {
  readonly view: Visible;
  readonly modify: boolean;
}
export type ConfigurationOutcome = Readonly<Record<Tool, ToolOutcome>>;

/** Whether the document says it, or it is inferred where the document is silent. */
export type Basis = 'stated' | 'inferred';

interface Cell<RowName extends string, When, Outcome> {
  readonly row: RowName;
  readonly when: When;
  readonly outcome: Outcome;
  readonly statements: readonly StatementId[];
  readonly basis: Basis;
}

export type ConnectedCell = Cell<
  'connected-calls',
  { readonly anonymous: boolean; readonly imported: boolean },
  CallOutcome
>;
export type InProgressCell = Cell<'in-progress-calls', { readonly imported: boolean }, CallOutcome>;
export type NewCallCell = Cell<'new-calls', { readonly imported: boolean }, NewCallOutcome>;
export type OnBehalfCell = Cell<'on-behalf-calls', { readonly imported: boolean }, OnBehalfOutcome>;
export type ConsoleCell = Cell<'agent-console', { readonly ownership: Ownership }, ConsoleOutcome>;
export type ConfigurationCell = Cell<
  'configuration',
  { readonly ownership: Ownership; readonly backEndDatabase: BackEndDatabaseState },
  ConfigurationOutcome
>;

export type ExperienceCell =
  ConnectedCell | InProgressCell | NewCallCell | OnBehalfCell | ConsoleCell | ConfigurationCell;

/** One column of the tables: what each class of call, group or object meets in a stage. */
export interface Column {
  /** Regular calls whether imported or not. `silent`: the document has no bullet. */
  readonly connected: {
    readonly regular: readonly [CallOutcome, number];
    readonly anonymous: readonly [CallOutcome, number | 'silent'];
    readonly anonymousImported: readonly [CallOutcome, number];
  };
  readonly inProgress: {
    readonly notImported: readonly [CallOutcome, number];
    readonly imported: readonly [CallOutcome, number];
  };
  readonly newCalls: {
    readonly notImported: readonly [NewCallOutcome, number];
    readonly imported: readonly [NewCallOutcome, number];
  };
  readonly onBehalf: {
    readonly notImported: readonly [OnBehalfOutcome, number];
    readonly imported: readonly [OnBehalfOutcome, number];
  };
  /** Statements 1 to 3 of the cell, in this order. */
  readonly console: Readonly<Record<Ownership, ConsoleOutcome>>;
  /** Statements 1 to 3 of the cell; for the primary pool's own objects the database may decide what can be seen. */
  readonly configuration: {
    readonly primary: { readonly view: true | 'with-database'; readonly modify: boolean };
    readonly backup: { readonly view: true; readonly modify: true };
    readonly imported: { readonly tools: readonly Tool[] };
  };
}
