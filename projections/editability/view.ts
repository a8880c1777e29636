import type { Tool } from '../../events/vocabulary.js';
import { governingCell } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { configurationOf } from '../../policy/copies.js';
import type { Grounds } from '../../policy/grounds.js';
import { copiesView, type CopiesView, type CopyEntry } from '../copy-entries.js';
import { groundsIn } from '../grounds.js';

export interface Permission extends Grounds {
  /** Whether each tool may change the copy. */
  readonly tools: Readonly<Record<Tool, boolean>>;
}

export type EditabilityView = CopiesView<CopyEntry & Permission>;

/** Null where the pair has no such pool. */
export const editabilityView = (pair: PairFacts | null, fqdn: string): EditabilityView | null =>
  copiesView(pair, fqdn, permissionOf);

/** What may change one copy. It depends on the pools, and on whose the copy is and where; not on its name or properties. */
export function permissionOf(pair: PairFacts, copy: Copy): Permission {
  const { outcome, ...grounds } = configurationOf(governingCell(pair, copy));
  return {
    tools: {
      controlPanel: outcome.controlPanel.modify,
      configurationTool: outcome.configurationTool.modify,
      managementShell: outcome.managementShell.modify,
    },
    ...groundsIn(grounds),
  };
}
