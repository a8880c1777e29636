import type { Tool } from '../../events/vocabulary.js';
import { governingCell } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { configurationOf, consoleOf } from '../../policy/copies.js';
import type { Visible } from '../../policy/experience/types.js';
import type { Grounds } from '../../policy/grounds.js';
import { copiesView, type CopiesView, type CopyEntry } from '../copy-entries.js';
import { groundsIn, united, type CitedGrounds } from '../grounds.js';

export interface ConsoleEntry extends CitedGrounds {
  readonly displayed: boolean;
  readonly signIn: boolean;
}

export interface Sight extends Grounds {
  /** Whether each tool shows the copy; `depends`: on the back-end database, of which nothing is known. */
  readonly tools: Readonly<Record<Tool, Visible>>;
  /** Agent groups only. */
  readonly agentConsole?: ConsoleEntry;
}

export type VisibilityView = CopiesView<CopyEntry & Sight>;

/** Null where the pair has no such pool. For an agent group, `because` unites the tools' and the console's reasons. */
export const visibilityView = (pair: PairFacts | null, fqdn: string): VisibilityView | null =>
  copiesView(pair, fqdn, sightOf);

/** What shows one copy. It depends on the pools, and on whose the copy is and where; not on its name or properties. */
export function sightOf(pair: PairFacts, copy: Copy): Sight {
  const cell = governingCell(pair, copy);
  const { outcome, ...grounds } = configurationOf(cell);
  const tools = {
    controlPanel: outcome.controlPanel.view,
    configurationTool: outcome.configurationTool.view,
    managementShell: outcome.managementShell.view,
  };
  if (copy.kind !== 'agent-group') return { tools, ...groundsIn(grounds) };
  const console = consoleOf(cell);
  return {
    tools,
    agentConsole: { displayed: console.displayed, signIn: console.signIn, ...groundsIn(console) },
    ...united(grounds, console),
  };
}
