/** The state in which an import would leave its destination. */
import type { ExportedObject, ImportedObject } from '../../../../events/transfer.js';
import { applicationSettingsKind, objectKinds } from '../../../../events/vocabulary.js';
import { copyOf, requirePool } from '../../../../facts/copies.js';
import { sameContent, type Content } from '../../../../facts/content.js';
import { identityOf, nameKeyOf } from '../../../../facts/identity.js';
import { removedByOwner, type Copy, type ExportFacts, type PairFacts } from '../../../../facts/pair.js';
import type { PairCommands } from '../../commands.js';
import { FreeNames } from '../../../../policy/names.js';
import { hostedBy } from '../hosted.js';

export type Import = PairCommands['import-response-groups'];

export interface PlannedObject {
  readonly incoming: ExportedObject;
  /** The copy with the same kind and id that the destination hosts already. */
  readonly existing: Copy | undefined;
  readonly result: ImportedObject;
}

export interface ImportPlan {
  readonly file: ExportFacts;
  readonly destination: string;
  readonly objects: readonly PlannedObject[];
  /** The other copies on the destination. */
  readonly staying: readonly Copy[];
}

/** Same kind and id is the same object; its name is the file's unless a conflict is resolved. */
export function planImport(pair: PairFacts, file: ExportFacts, command: Import): ImportPlan {
  const { destination, overwriteOwner = false, resolveNameConflicts = false } = command;
  const incomingKeys = new Set(file.objects.map(identityOf));
  const staying = hostedBy(pair, destination).filter((copy) => !incomingKeys.has(identityOf(copy)));
  const taken = new Set(staying.map((copy) => nameKeyOf(copy)));
  const reserved = new Set(file.objects.map((object) => nameKeyOf(object)));
  const freeNames = new Map(
    objectKinds.map((kind) => [
      kind,
      new FreeNames((candidate) => {
        const key = nameKeyOf({ kind, name: candidate });
        return taken.has(key) || reserved.has(key);
      }),
    ]),
  );
  const nameFor = ({ kind, name }: ExportedObject): string => {
    if (!resolveNameConflicts || !taken.has(nameKeyOf({ kind, name }))) return name;
    const free = freeNames.get(kind)?.nextTo(name) ?? name;
    taken.add(nameKeyOf({ kind, name: free }));
    return free;
  };
  const objects = file.objects.map((incoming): PlannedObject => {
    const { kind, id, owner } = incoming;
    return {
      incoming,
      existing: copyOf(pair, destination, kind, id),
      result: { kind, id, name: nameFor(incoming), owner: overwriteOwner ? destination : owner },
    };
  });
  return { file, destination, objects, staying };
}

/** False where the file was read and has no settings: then there are none to replace. */
export const holdsSettings = ({ file }: ImportPlan): boolean => file.file?.holdsSettings !== false;

export const settingsDiffer = (pair: PairFacts, plan: ImportPlan): boolean =>
  holdsSettings(plan) && !sameContent(settingsOf(requirePool(pair, plan.destination)), settingsOf(plan.file));

const settingsOf = ({
  applicationSettings: properties,
  settingsBeside,
}: Pick<ExportFacts, 'applicationSettings' | 'settingsBeside'>): Content => ({
  kind: applicationSettingsKind,
  name: applicationSettingsKind,
  properties,
  ...settingsBeside,
});

/** Whether the destination is already in the state in which the import would leave it. */
export const importHolds = (pair: PairFacts, plan: ImportPlan, command: Import): boolean =>
  plan.objects.every((planned) => holdsAlready(pair, plan.destination, planned)) &&
  !(command.replaceExistingSettings === true && settingsDiffer(pair, plan));

function holdsAlready(
  pair: PairFacts,
  parent: string,
  { incoming, existing, result }: PlannedObject,
): boolean {
  const { kind, id, name, owner } = result;
  return (
    existing !== undefined &&
    existing.name === name &&
    existing.owner === owner &&
    existing.ownerRemoved === removedByOwner(pair, owner, parent, kind, id) &&
    sameContent({ ...existing, name: incoming.name }, incoming)
  );
}
