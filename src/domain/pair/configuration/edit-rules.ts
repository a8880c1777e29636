/** The rules that creating, modifying and removing share. */
import {
  type EditableKind,
  type ObjectKind,
  type Properties,
  type Tool,
} from '../../../../events/vocabulary.js';
import {
  governingCell,
  importedCopyOf,
  isLeftover,
  ownerOf,
  partnerOf,
  primaryUriHeldBy,
  requirePool,
} from '../../../../facts/copies.js';
import type { Copy, PairFacts } from '../../../../facts/pair.js';
import { configurationOf, modifyingTools, type GoverningCell } from '../../../../policy/copies.js';
import { audioFilesIn } from '../../../../policy/object-properties/audio.js';
import { practicalMaximumOfAgentAlertTime } from '../../../../policy/object-properties/agent-group.js';
import { isDown, serves, type Stage } from '../../../../policy/stages.js';
import { referencesIn } from '../../../../policy/object-properties/references.js';
import { few } from '../../../../policy/texts/few.js';
import { allowed, evaluateAll, reasonsOf, refusedBy, warn, type Ruling } from '../../rules.js';
import { waysToward } from '../alone.js';
import { editNeeds } from '../../../../facts/service-needs.js';
import { byServices } from '../by-services.js';
import { exists, isCopyOfSame, labelOf, namedOn, referringTo } from '../hosted.js';

type Placed = Pick<Copy, 'owner' | 'parent'>;

/** Whether this tool may change this copy, by the last row of the tables. */
export function configurationOpen(pair: PairFacts, copy: Placed, tool: Tool): Ruling {
  const cell = governingCell(pair, copy);
  const governing = configurationOf(cell);
  if (governing.outcome[tool].modify) return allowed({ because: governing.because });
  const otherTools = modifyingTools(governing.outcome);
  return refusedBy(
    'configuration-closed',
    otherTools.length > 0
      ? `What ${copy.owner} owns on ${copy.parent} cannot be changed with the ${tool}, only with: ${otherTools.join(', ')}.`
      : `What ${copy.owner} owns on ${copy.parent} cannot be changed with any tool while ${whoseStage(pair, copy)}.`,
    {
      because: reasonsOf(governing),
      allowed: otherTools.length > 0 ? otherTools : commandsThatOpen(pair, copy, cell, tool),
    },
  );
}

function whoseStage(pair: PairFacts, { owner, parent }: Placed): string {
  const [ownerPool, host] = [ownerOf(pair, { owner }), requirePool(pair, parent)];
  const blocking = isDown(host.stage) ? host : ownerPool;
  return `${blocking.fqdn} is in stage ${blocking.stage}`;
}

function commandsThatOpen(
  pair: PairFacts,
  { owner, parent }: Placed,
  cell: GoverningCell,
  tool: Tool,
): readonly string[] {
  const hosted = cell.ownership === 'imported';
  const pool = hosted
    ? requirePool(pair, parent)
    : cell.ownership === 'backup'
      ? partnerOf(pair, owner)
      : requirePool(pair, owner);
  const opens = (stage: Stage): boolean =>
    configurationOf({ ...cell, hostStage: stage, stage: hosted ? cell.stage : stage }).outcome[tool].modify;
  return waysToward(pair, pool, opens);
}

export function nameFree(
  pair: PairFacts,
  parent: string,
  kind: ObjectKind,
  id: string,
  name: string,
): Ruling {
  const bearer = namedOn(pair, parent, kind, name);
  if (bearer === undefined || bearer.id === id) return allowed();
  return refusedBy(
    'name-in-use',
    `On ${parent} the name is borne by the ${labelOf(bearer)}, owned by ${bearer.owner}: take another, or rename or remove that one first.`,
    { allowed: ['name', 'modify-object', 'remove-object'] },
  );
}

/** Names should be unique in the whole deployment, or an import clashes. */
export function warnOfNameOnPartner(
  pair: PairFacts,
  object: Pick<Copy, 'parent' | 'kind' | 'id' | 'owner'>,
  name: string,
): Ruling {
  const partner = partnerOf(pair, object.parent);
  const bearer = namedOn(pair, partner.fqdn, object.kind, name);
  if (bearer === undefined || isCopyOfSame(object, bearer)) return allowed();
  return allowed({
    warnings: warn(
      'name-also-on-partner',
      `The name is also borne by the ${labelOf(bearer)} on ${partner.fqdn}: an import would clash.`,
    ),
  });
}

/** A primary URI becomes a contact object in the directory, which both pools share. */
export function primaryUriFree(
  pair: PairFacts,
  object: Pick<Copy, 'kind' | 'id' | 'owner'>,
  properties: Properties,
): Ruling {
  const uri = properties['primaryUri'];
  if (object.kind !== 'workflow' || typeof uri !== 'string') return allowed();
  const holder = [...pair.copies.values()].find(
    (copy) => primaryUriHeldBy(copy, uri) && !isCopyOfSame(object, copy),
  );
  if (holder === undefined) return allowed();
  return refusedBy(
    'primary-uri-in-use',
    `${uri} belongs to the ${labelOf(holder)} on ${holder.parent}: take another address, or change or remove that one first.`,
    { allowed: ['modify-object', 'remove-object'] },
  );
}

export function referencesExist(
  pair: PairFacts,
  parent: string,
  kind: EditableKind,
  properties: Properties,
): Ruling {
  const missing = referencesIn(kind, properties).filter(
    (reference) => !exists(pair, parent, reference.kind, reference.id),
  );
  if (missing.length === 0) return allowed();
  const named = few(missing, {
    word: (reference) => `${reference.pointer} names the ${reference.kind} "${reference.id}"`,
    separator: '; ',
    more: (rest) => `; and ${rest} more`,
  });
  return refusedBy('reference-missing', `${named}: not on ${parent}.`, {
    allowed: ['create-object'],
  });
}

export function warnOfLongAlertTime(kind: EditableKind, properties: Properties): Ruling {
  const seconds = properties['agentAlertTime'];
  if (kind !== 'agent-group' || typeof seconds !== 'number' || seconds <= practicalMaximumOfAgentAlertTime) {
    return allowed();
  }
  return allowed({
    warnings: warn(
      'agent-alert-time-too-long',
      `Above ${practicalMaximumOfAgentAlertTime} seconds clients reject the call, though the cmdlet takes it.`,
    ),
  });
}

/** Callers do not reach a copy that is left over, or imported ahead of need, while its owner serves its own. */
export function warnOfCopyOutOfUse(pair: PairFacts, copy: Copy): Ruling {
  const owner = ownerOf(pair, copy);
  if (copy.owner === copy.parent || !serves(owner.stage)) return allowed();
  return allowed({
    warnings: warn(
      isLeftover(pair, copy) ? 'leftover-copy' : 'pre-staged-copy',
      `${owner.fqdn} serves its own ${labelOf(copy)}: this change of the copy on ${copy.parent} does not reach it.`,
    ),
  });
}

export const warnOfServices = (
  pair: PairFacts,
  pool: string,
  kind: EditableKind,
  properties: Properties,
): Ruling => byServices(pair, editNeeds(pool, audioFilesIn(kind, properties).length > 0));

/** The product can remove an object that is still in use (-Force), so this is a warning, not a refusal. */
export function warnOfReferences(pair: PairFacts, copy: Copy): Ruling {
  const referring = referringTo(pair, copy).filter((other) => other !== copy);
  if (referring.length === 0) return allowed();
  return allowed({
    warnings: warn(
      'still-referenced',
      `Still refer to the ${labelOf(copy)}: ${few(referring, { word: labelOf })}.`,
    ),
  });
}

/** How many copies each get a warning of their own. */
const mostWarnings = 20;

/** The same for the removal of several objects. */
export function warnOfImportedCopies(pair: PairFacts, copies: readonly Copy[]): Ruling {
  const ruling = evaluateAll(copies.map((copy) => () => warnOfImportedCopy(pair, copy)));
  if (ruling.outcome !== 'allowed') return ruling;
  const rest = ruling.warnings.length - mostWarnings;
  if (rest <= 0) return ruling;
  const more = warn(
    'imported-copy-taken-out-of-service',
    `${rest} more imported copies take no calls once their owner has removed them.`,
  );
  return allowed({ ...ruling, warnings: [...ruling.warnings.slice(0, mostWarnings), ...more] });
}

/** Removing an object from the pool that owns it silently takes the imported copy out of service. */
export function warnOfImportedCopy(pair: PairFacts, copy: Copy): Ruling {
  if (copy.owner !== copy.parent) return allowed();
  const imported = importedCopyOf(pair, copy.owner, copy.kind, copy.id);
  if (imported === undefined) return allowed();
  return allowed({
    warnings: warn(
      'imported-copy-taken-out-of-service',
      `The imported copy of the ${labelOf(copy)} on ${imported.parent} takes no calls once its owner has removed it.`,
    ),
  });
}
