import {
  applicationSettingsKind,
  type EditableKind,
  type ObjectKind,
  type Properties,
} from '../../../../events/vocabulary.js';
import { copyOf, requirePool, runsBeforeServing } from '../../../../facts/copies.js';
import { latestTime } from '../../../../facts/known-at.js';
import type { PairFacts } from '../../../../facts/pair.js';
import type { PairCommands } from '../../commands.js';
import { accepted, alreadyHolds, invalid, noSuchId, unknown, type Decision } from '../../decision.js';
import { cleanName, nameErrors } from '../../names.js';
import { into } from '../../../../policy/json-pointer.js';
import { changedProperties, differences, disagreements } from '../../properties/properties.js';
import { allowed, evaluate, refusedBy, type Ruling } from '../../rules.js';
import { labelOf } from '../hosted.js';
import {
  configurationOpen,
  nameFree,
  primaryUriFree,
  referencesExist,
  warnOfCopyOutOfUse,
  warnOfLongAlertTime,
  warnOfNameOnPartner,
  warnOfServices,
} from './edit-rules.js';

type Modify = PairCommands['modify-object'];

export const modifyObject = (pair: PairFacts, command: Modify): Decision =>
  command.kind === applicationSettingsKind
    ? modifySettings(pair, command)
    : modifyCopy(pair, command, command.kind);

function modifyCopy(pair: PairFacts, command: Modify, kind: ObjectKind): Decision {
  const { pool, id, tool } = command;
  const { errors, properties } = changedProperties(kind, command.properties);
  const wrong = [...(command.name === undefined ? [] : nameErrors(kind, command.name)), ...errors];
  if (id === undefined) wrong.push({ pointer: '/id', detail: 'Is required.' });
  if (id === undefined || wrong.length > 0) return invalid(wrong);
  const copy = copyOf(pair, pool, kind, id);
  if (copy === undefined) return noSuchId('/id', id, `There is no ${kind} "${id}" on ${pool}.`);

  const name = command.name === undefined ? copy.name : cleanName(command.name);
  const changes = differences(copy.properties, properties);
  const parts = [...(command.name === undefined ? [] : ['/name']), ...Object.keys(properties)];
  const at = latestTime(parts.map((part) => copy.partsKnownAt?.[part] ?? copy.knownAt)) ?? copy.knownAt;
  const held = { what: `The state of the ${labelOf(copy)} on ${pool}`, at };
  if (name === copy.name && Object.keys(changes).length === 0) return alreadyHolds(id, held);

  const renamed = name !== copy.name;
  const ruling = evaluate(
    () => configurationOpen(pair, copy, tool),
    () => propertiesAgree(kind, { ...copy.properties, ...changes }),
    () => (renamed ? nameFree(pair, pool, kind, id, name) : allowed()),
    () => primaryUriFree(pair, copy, changes),
    () => referencesExist(pair, pool, kind, changes),
    () => (renamed ? warnOfNameOnPartner(pair, copy, name) : allowed()),
    () => warnOfLongAlertTime(kind, changes),
    () => warnOfCopyOutOfUse(pair, copy),
    () => warnOfServices(pair, pool, kind, changes),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = { pool, kind, id, name: renamed ? name : null, properties: changes, tool };
  return accepted([{ type: 'ObjectModified', data }], {
    because: ruling.because,
    warnings: ruling.warnings,
    subject: id,
    replaces: held,
  });
}

/** The settings of a pool are its own, and there is always exactly one set. */
function modifySettings(pair: PairFacts, command: Modify): Decision {
  const kind: EditableKind = applicationSettingsKind;
  const { pool, id = kind, tool } = command;
  const { errors, properties } = changedProperties(kind, command.properties);
  const named = command.name === undefined ? [] : [{ pointer: '/name', detail: 'Settings have no name.' }];
  const wrong = [...named, ...errors];
  if (wrong.length > 0) return invalid(wrong);
  if (id !== kind) return unknown('/id', `The settings of a pool have the id "${kind}".`);

  const facts = requirePool(pair, pool);
  const { applicationSettings, settingsKnownAt } = facts;
  const changes = differences(applicationSettings, properties);
  const at = latestTime(Object.keys(properties).map((part) => settingsKnownAt[part]));
  const held = at === null ? undefined : { what: `The state of the settings of ${pool}`, at };
  if (Object.keys(changes).length === 0) return alreadyHolds(id, held);
  const ruling = evaluate(
    () =>
      tool === 'managementShell' && runsBeforeServing(facts)
        ? allowed({ because: ['replaced-pool'] })
        : configurationOpen(pair, { owner: pool, parent: pool }, tool),
    () => warnOfServices(pair, pool, kind, changes),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = { pool, kind, id, name: null, properties: changes, tool };
  const { because, warnings } = ruling;
  return accepted([{ type: 'ObjectModified', data }], { because, warnings, subject: id, replaces: held });
}

export function propertiesAgree(kind: EditableKind, properties: Properties): Ruling {
  const [disagreement] = disagreements(kind, properties);
  return disagreement === undefined
    ? allowed()
    : refusedBy('properties-disagree', `${into('/properties', disagreement.field)}: ${disagreement.detail}`, {
        allowed: ['properties'],
      });
}
