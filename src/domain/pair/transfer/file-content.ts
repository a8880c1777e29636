/** The objects of a file as they are recorded: under their ids on record, each with its owner. */
import type { AudioByPath, Beside, FileFinding } from '../../../../events/export-file.js';
import type { ExportedObject } from '../../../../events/transfer.js';
import { applicationSettingsKind } from '../../../../events/vocabulary.js';
import { copyOf, ownersKnown } from '../../../../facts/copies.js';
import { audioByObject, saidBeside } from '../../../../facts/file-content.js';
import { identityOf } from '../../../../facts/identity.js';
import type { PairFacts } from '../../../../facts/pair.js';
import type { ExportContent, FileCommands, FileObject } from '../../commands.js';
import { addressKey } from '../../../../policy/addresses.js';
import { isList } from '../../../../policy/object-properties/schema.js';
import { cutTo } from '../../../../policy/texts/cut.js';
import { fingerprint } from '../../../../policy/texts/fingerprint.js';
import type { DecidedFinding } from '../../../../policy/readiness/file-findings.js';
import { renamedReferences } from '../../../../policy/object-properties/references.js';
import { byKindAndId } from '../hosted.js';
import { idsOnRecord, type IdOnRecord } from './file-identities.js';

export type AddExport = FileCommands['add-export'];

export interface FileContent {
  readonly objects: readonly ExportedObject[];
  /** What the file says of the settings besides. */
  readonly settingsBeside: Beside;
  readonly findings: readonly FileFinding[];
}

export function contentOf(pair: PairFacts, command: AddExport): FileContent {
  const { content } = command;
  const audioOf = audioByObject(content.audio);
  const idOf = idsOnRecord(pair, command.pool, content.objects);
  const ownerOf = ownersIn(pair, command, idOf);
  const known = ownersKnown(pair);
  const isOfPair = (object: FileObject): boolean => known.has(ownerOf(object));
  const elsewhere = content.objects.filter((object) => !isOfPair(object));
  return {
    objects: content.objects
      .filter(isOfPair)
      .map((object) => recorded(object, ownerOf(object), idOf, audioOf))
      .toSorted(byKindAndId),
    settingsBeside: {
      ...content.settingsBeside,
      audio: audioOf.get(identityOf({ kind: applicationSettingsKind, id: applicationSettingsKind })) ?? {},
    },
    findings: [
      ...content.findings.map((finding) => onRecord(finding, idOf)),
      ...ownedElsewhere(elsewhere),
      ...agentsNotListed(content, idOf),
    ],
  };
}

/** Findings of one kind beyond this number are counted. */
const mostAgents = 100;

/** A user who has left stays in the groups, and no call reaches them. Only where the file lists agents at all. */
function agentsNotListed({ objects, agents = [] }: ExportContent, idOf: IdOnRecord): readonly FileFinding[] {
  if (agents.length === 0) return [];
  const listed = new Set(agents.map(addressKey));
  const code = 'agent-not-listed';
  const about = { code, severity: 'warning' as const, entry: null, line: null };
  const findings = objects.flatMap(({ kind, id, properties: { agentsByUri = null } }): FileFinding[] =>
    kind !== 'agent-group' || !isList(agentsByUri)
      ? []
      : agentsByUri.flatMap((agent, index): FileFinding[] =>
          typeof agent !== 'string' || listed.has(addressKey(agent))
            ? []
            : [
                {
                  ...about,
                  detail: `The group lists ${cutTo(agent, longestAddress)}, and the list of agents in the file does not: a user who left, or who lost Enterprise Voice.`,
                  kind,
                  id: idOf(kind, id),
                  property: `agentsByUri/${index}`,
                },
              ],
        ),
  );
  const rest = findings.length - mostAgents;
  if (rest <= 0) return findings;
  const detail = `${rest} more agents of groups are not in the list of agents in the file.`;
  return [...findings.slice(0, mostAgents), { ...about, detail, kind: null, id: null, property: null }];
}

const longestAddress = 200;

/** Left out objects beyond this number are counted. */
const mostElsewhere = 100;

function ownedElsewhere(objects: readonly FileObject[]): readonly FileFinding[] {
  const code = 'owner-elsewhere' satisfies DecidedFinding;
  const nowhere = { code, severity: 'error' as const, entry: null, line: null, property: null };
  const rest = objects.length - mostElsewhere;
  return [
    ...objects.slice(0, mostElsewhere).map((object) => ({
      ...nowhere,
      detail: `"${object.name}" belongs to ${object.owner ?? 'nobody'}, which is no pool of this pair; it is left out.`,
      kind: object.kind,
      id: object.id,
      fingerprint: fingerprintOf([object]),
    })),
    ...(rest <= 0
      ? []
      : [
          {
            ...nowhere,
            detail: `${rest} more objects belong to no pool of this pair; they are left out.`,
            kind: null,
            id: null,
            fingerprint: fingerprintOf(objects.slice(mostElsewhere)),
          },
        ]),
  ];
}

const fingerprintOf = (objects: readonly FileObject[]): string => fingerprint(JSON.stringify(objects));

/** The owner of each object. Hours and holidays do not state theirs: they keep the recorded one, or have the one owner of the file. */
function ownersIn(pair: PairFacts, command: AddExport, idOf: IdOnRecord): (object: FileObject) => string {
  const { pool, owner, content } = command;
  const stated = new Set(content.objects.flatMap((object) => (object.owner === null ? [] : [object.owner])));
  const [only] = stated;
  const otherwise = owner ?? (stated.size === 1 && only !== undefined ? only : pool);
  return (object) =>
    object.owner ?? copyOf(pair, pool, object.kind, idOf(object.kind, object.id))?.owner ?? otherwise;
}

function recorded(
  object: FileObject,
  owner: string,
  idOf: IdOnRecord,
  audioOf: ReadonlyMap<string, AudioByPath>,
): ExportedObject {
  const { kind, name, properties, unknownProperties = {} } = object;
  const id = idOf(kind, object.id);
  const audio = object.audio ?? audioOf.get(identityOf(object)) ?? {};
  return {
    kind,
    id,
    name,
    owner,
    properties: renamedReferences(kind, properties, idOf),
    ...saidBeside({ unknownProperties, audio }),
    ...(id === object.id ? {} : { instanceId: object.id }),
  };
}

function onRecord(finding: FileFinding, idOf: IdOnRecord): FileFinding {
  const { kind, id } = finding;
  return kind === null || id === null || kind === 'application-settings'
    ? finding
    : { ...finding, id: idOf(kind, id) };
}
