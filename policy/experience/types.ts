import type { BackEndDatabaseState, Tool } from '../../events/vocabulary.js';
import type { Inference } from '../readings.js';
import type { DocumentedStage } from '../stages.js';

/** The rows of the three tables, in the document's order. */
export const rows = [
  'connected-calls',
  'in-progress-calls',
  'new-calls',
  'on-behalf-calls',
  'agent-console',
  'configuration',
] as const;
export type Row = (typeof rows)[number];

export type StatementId = `${DocumentedStage}/${Row}/${number}`;

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
/** `depends`: on the back-end database, the state of which is not known. */
export type Visible = boolean | 'depends';
export interface ToolOutcome {
  readonly view: Visible;
  readonly modify: boolean;
}
export type ConfigurationOutcome = Readonly<Record<Tool, ToolOutcome>>;

/**
 * `stated` by the document, or `inferred` where the document is silent. `documented-elsewhere`: by the document, once a
 * document beside it says that what it speaks of holds here.
 */
export const bases = ['stated', 'documented-elsewhere', 'inferred'] as const;
export type Basis = (typeof bases)[number];

/** One class of one row in one stage: `when` names the class, `outcome` is what the stage decides for it. */
export interface Cell<RowName extends Row, When, Outcome> {
  readonly row: RowName;
  readonly when: When;
  readonly outcome: Outcome;
  /** Empty where the document is silent. */
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

/** Names the inference; null where the document states the outcome. */
export type WithInference<SomeCell> = SomeCell & { readonly inference: Inference | null };
