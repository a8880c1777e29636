import { copyOf } from '../../../../facts/copies.js';
import { latestOf } from '../../../../facts/known-at.js';
import type { Copy, PairFacts } from '../../../../facts/pair.js';
import type { PairCommands } from '../../commands.js';
import { accepted, alreadyHolds, invalid, type Decision, type FieldError } from '../../decision.js';
import { cleanName, nameErrors } from '../../names.js';
import { completeProperties } from '../../properties/properties.js';
import { isIdOnRecord } from '../../../../policy/ids.js';
import { limits } from '../../../../policy/limits.js';
import { sameJson } from '../../../../policy/same-json.js';
import { barredCharacterIn, barredSentence } from '../../../../policy/texts/characters.js';
import { allowed, evaluate, refusedBy, type Ruling } from '../../rules.js';
import { labelOf, namedOn } from '../hosted.js';
import {
  configurationOpen,
  nameFree,
  primaryUriFree,
  referencesExist,
  warnOfLongAlertTime,
  warnOfNameOnPartner,
  warnOfServices,
} from './edit-rules.js';

/** A created object is owned by the pool that hosts it. */
export function createObject(
  pair: PairFacts,
  command: PairCommands['create-object'],
  newId: string,
): Decision {
  const { pool, kind, tool } = command;
  const { errors, properties } = completeProperties(kind, command.properties);
  const wrong = [...idErrors(command.id), ...nameErrors(kind, command.name), ...errors];
  if (wrong.length > 0) return invalid(wrong);
  const name = cleanName(command.name);
  const wanted = { parent: pool, kind, name, owner: pool, properties };

  const held =
    command.id === undefined ? namedOn(pair, pool, kind, name) : copyOf(pair, pool, kind, command.id);
  if (held !== undefined && isAsWanted(held, wanted)) {
    return alreadyHolds(held.id, { what: `The ${labelOf(held)} on ${pool}`, at: latestOf(held) });
  }

  const object = { ...wanted, id: command.id ?? newId };
  const ruling = evaluate(
    () => configurationOpen(pair, object, tool),
    () => idFree(pair, object),
    () => nameFree(pair, pool, kind, object.id, name),
    () => primaryUriFree(pair, object, properties),
    () => referencesExist(pair, pool, kind, properties),
    () => warnOfNameOnPartner(pair, object, name),
    () => warnOfLongAlertTime(kind, properties),
    () => warnOfServices(pair, pool, kind, properties),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = { pool, kind, id: object.id, name, properties, tool };
  return accepted([{ type: 'ObjectCreated', data }], {
    because: ruling.because,
    warnings: ruling.warnings,
    subject: object.id,
  });
}

type Wanted = Pick<Copy, 'parent' | 'kind' | 'name' | 'owner' | 'properties'>;

const isAsWanted = (held: Copy, wanted: Wanted): boolean =>
  held.name === wanted.name && held.owner === wanted.owner && sameJson(held.properties, wanted.properties);

function idErrors(id: string | undefined): readonly FieldError[] {
  if (id === undefined) return [];
  const wrong = (detail: string): readonly FieldError[] => [{ pointer: '/id', detail }];
  const barred = barredCharacterIn(id);
  if (barred !== null) return wrong(barredSentence(barred));
  return isIdOnRecord(id) ? [] : wrong(`Must have 1 to ${limits.id} characters, none of them blank.`);
}

export function idFree(pair: PairFacts, object: Pick<Copy, 'parent' | 'kind' | 'id'>): Ruling {
  const bearer = copyOf(pair, object.parent, object.kind, object.id);
  if (bearer === undefined) return allowed();
  return refusedBy('id-in-use', `On ${object.parent} the id belongs to the ${labelOf(bearer)}.`, {
    allowed: ['modify-object'],
  });
}
