/** Visibility and editability: a table for each kind of object, with one row for every copy. */
import { objectKinds } from '../../../events/vocabulary.js';
import type { EditabilityView } from '../../../projections/editability/view.js';
import type { VisibilityView } from '../../../projections/visibility/view.js';
import type { EditabilityAnswer, VisibilityAnswer } from '../../contract/pools.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { legendOf } from './legend.js';
import {
  notYetRegistered,
  reasons,
  shortName,
  toolsText,
  poolAndPartner,
  whoseText,
} from '../output/words.js';

type View = VisibilityView | EditabilityView;
type ListedCopy = View['objects'][number];
type Seen = VisibilityView['objects'][number];

export function visibilityText(view: VisibilityAnswer, io: Io): string {
  if (view.stage === null) return notYetRegistered(view);
  const isGroup = (entry: Seen): boolean => entry.kind === 'agent-group';
  return framed(view, view.objects, 'seen with', io, {
    head: (entries) => (entries.some(isGroup) ? ['console'] : []),
    cells: (entry) => (isGroup(entry) ? [consoleText(entry)] : []),
  });
}

export function editabilityText(view: EditabilityAnswer, io: Io): string {
  if (view.stage === null) return notYetRegistered(view);
  return framed(view, view.objects, 'changed with', io, { head: () => [], cells: () => [] });
}

function consoleText({ agentConsole }: Seen): string {
  if (agentConsole === undefined) return '';
  return agentConsole.displayed ? `shown, ${agentConsole.signIn ? 'sign-in' : 'no sign-in'}` : 'not shown';
}

/** Columns that only some kinds have. */
interface Extra<One> {
  readonly head: (entries: readonly One[]) => readonly string[];
  readonly cells: (entry: One) => readonly string[];
}

function framed<One extends ListedCopy>(
  view: View,
  objects: readonly One[],
  withTools: string,
  io: Io,
  extra: Extra<One>,
): string {
  const { fqdn, partner } = view;
  const sections = objectKinds.flatMap((kind) => {
    const entries = objects.filter((entry) => entry.kind === kind);
    if (entries.length === 0) return [];
    const head = ['name', 'id', 'on', 'is', withTools, ...extra.head(entries), 'because'];
    const rows = entries.map((entry) => [
      entry.name,
      entry.id,
      shortName(entry.parent, [fqdn, partner]),
      whoseText(entry),
      toolsText(entry.tools),
      ...extra.cells(entry),
      reasons(entry),
    ]);
    return [styled(io, 'bold', kind), table(head, rows, io)];
  });
  const warnings = objects.flatMap(({ kind, name, warnings: given }) =>
    given.map(
      ({ code, detail }) => `${styled(io, 'yellow', 'warning')} ${code}, ${kind} "${name}": ${detail}`,
    ),
  );
  return [`From ${poolAndPartner(view, io)}:`, ...sections, ...legendOf(objects, io), ...warnings].join('\n');
}
