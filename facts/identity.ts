/** The keys by which the objects of one pool differ: identity and name. */
import type { EditableKind } from '../events/vocabulary.js';
import { foldName } from '../policy/names.js';

/** The same on every pool that hosts a copy of the object. */
export interface Identity {
  readonly kind: EditableKind;
  readonly id: string;
}

/** The key of an object among those of one pool. */
export const identityOf = ({ kind, id }: Identity): string => `${kind}|${id}`;

/** Objects by `identityOf`. */
export const byIdentity = <Item extends Identity>(objects: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(objects.map((object) => [identityOf(object), object]));

/** The key of a name: two objects of one kind that share it cannot be on the same pool. */
export const nameKeyOf = ({ kind, name }: { readonly kind: EditableKind; readonly name: string }): string =>
  `${kind}|${foldName(name)}`;
