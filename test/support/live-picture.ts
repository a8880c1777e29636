/** What a client makes of the messages of a live feed, by what the documentation of the route says and no more. */
import type { ObjectKind } from '../../events/vocabulary.js';
import { objectKinds } from '../../events/vocabulary.js';
import type { ViewSetChange } from '../../projections/live/change.js';
import type { PoolViewSet } from '../../projections/view-set/view-set.js';

interface Named {
  readonly parent: string;
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name: string;
}

const keyOf = ({ parent, kind, id }: Omit<Named, 'name'>): string => [parent, kind, id].join(' ');
const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
/** As the views list copies. */
const byPlace = (one: Named, other: Named): number =>
  objectKinds.indexOf(one.kind) - objectKinds.indexOf(other.kind) ||
  inOrder(one.name, other.name) ||
  inOrder(one.parent, other.parent) ||
  inOrder(one.id, other.id);

function withCopies<View extends { readonly objects: readonly Named[] }>(
  view: View,
  change: { readonly changed: readonly Named[]; readonly gone: readonly Omit<Named, 'name'>[] } | undefined,
): View {
  if (change === undefined) return view;
  const { changed, gone, ...stages } = change;
  const entries = new Map(view.objects.map((entry) => [keyOf(entry), entry]));
  for (const entry of changed) entries.set(keyOf(entry), entry);
  for (const name of gone) entries.delete(keyOf(name));
  return { ...view, ...stages, objects: [...entries.values()].sort(byPlace) };
}

export function withChange(viewSet: PoolViewSet, change: ViewSetChange): PoolViewSet {
  const { pool = viewSet.pool, visibility, editability, callStatus } = change;
  const rowKey = (row: { readonly row: string; readonly when: object }): string =>
    row.row + JSON.stringify(row.when);
  const rows = new Map((callStatus?.rows ?? []).map((row) => [rowKey(row), row]));
  return {
    pool,
    visibility: withCopies(viewSet.visibility, visibility),
    editability: withCopies(viewSet.editability, editability),
    callStatus: {
      ...viewSet.callStatus,
      ...callStatus,
      rows: viewSet.callStatus.rows.map((row) => rows.get(rowKey(row)) ?? row),
    },
  };
}
