/** What an object is made of: whether two descriptions of it agree, and whether a file has it as it is. */
import { sameJson } from '../policy/same-json.js';
import { byIdentity, identityOf } from './identity.js';
import type { Copy, ExportFacts } from './pair-state.js';

export type Content = Pick<Copy, 'name' | 'properties'>;

export const sameContent = (one: Content, other: Content): boolean =>
  one.name === other.name && sameJson(one.properties, other.properties);

/** Whether a file has an object just as this copy is. */
export function holds(file: ExportFacts | undefined, copy: Pick<Copy, 'kind' | 'id'> & Content): boolean {
  const object = file === undefined ? undefined : objectsOf(file).get(identityOf(copy));
  return object !== undefined && sameContent(object, copy);
}

/** By identity, built once for each file: every copy is looked for in it. */
const indexes = new WeakMap<ExportFacts['objects'], ReadonlyMap<string, ExportFacts['objects'][number]>>();

function objectsOf({ objects }: ExportFacts): ReadonlyMap<string, ExportFacts['objects'][number]> {
  const known = indexes.get(objects) ?? byIdentity(objects);
  indexes.set(objects, known);
  return known;
}
