/** The zips that Export-CsRgsConfiguration would have written in the night of the example. */
import type { ObjectKind } from '../../events/vocabulary.js';
import { renamedReferences } from '../../policy/object-properties/references.js';
import { decode } from '../../src/runtime/decode.js';
import { uuidOf } from '../../src/runtime/identifiers.js';
import type { DescribedExport } from './export-file/export-file.js';
import type { World } from './world.js';

export interface NamedExport {
  readonly fileName: string;
  readonly description: DescribedExport;
}

export const exampleExport = (fileName: string): string => `examples/${fileName}`;

const ofTheNight = ['berlin-2026-11-17.zip', 'hamburg-2026-11-17.zip'];

/** The product knows its objects by GUIDs; those that put them on record by hand had names for them. */
export const guidOf = (kind: ObjectKind, id: string): string => uuidOf(`example ${kind} ${id}`);

export async function describedExports({ recorder, staff }: World): Promise<readonly NamedExport[]> {
  const found: NamedExport[] = [];
  for await (const page of recorder.poolkeeper.store.readAll({ types: ['ResponseGroupsExported'] })) {
    for (const event of page.map(decode)) {
      if (event.type !== 'ResponseGroupsExported') continue;
      const { fileName, pool, objects, applicationSettings } = event.data;
      if (fileName === null || !ofTheNight.includes(fileName)) continue;
      const agents = staff.agents.filter(({ homePool }) => homePool === pool).map(({ sip }) => sip);
      const described = objects.map(({ kind, id, name, owner, properties }) => ({
        kind,
        id: guidOf(kind, id),
        name,
        // As far as anybody has seen, only workflows and queues say whose they are.
        owner: kind === 'workflow' || kind === 'queue' ? owner : null,
        properties: renamedReferences(kind, properties, guidOf),
      }));
      found.push({ fileName, description: { pool, objects: described, applicationSettings, agents } });
    }
  }
  return found;
}
