/** The properties of every kind of object: limits and defaults of the cmdlets, under their names in camelCase. */
import type { EditableKind, Properties } from '../../events/vocabulary.js';
import { agentGroupAgreements, agentGroupProperties } from './agent-group.js';
import { applicationSettingsProperties } from './application-settings.js';
import { holidaySetProperties, hoursOfBusinessProperties } from './calendar.js';
import { queueProperties } from './queue.js';
import type { Agreement, PropertyTable } from './schema.js';
import { workflowAgreements, workflowProperties } from './workflow.js';

export const propertyTables: Readonly<Record<EditableKind, PropertyTable>> = {
  workflow: workflowProperties,
  queue: queueProperties,
  'agent-group': agentGroupProperties,
  'hours-of-business': hoursOfBusinessProperties,
  'holiday-set': holidaySetProperties,
  'application-settings': applicationSettingsProperties,
};

/** Conditions between the properties of one object. */
export const propertyAgreements: Readonly<Record<EditableKind, readonly Agreement[]>> = {
  workflow: workflowAgreements,
  queue: [],
  'agent-group': agentGroupAgreements,
  'hours-of-business': [],
  'holiday-set': [],
  'application-settings': [],
};

export const defaultsOf = (table: PropertyTable): Properties =>
  Object.fromEntries(Object.entries(table).map(([name, property]) => [name, property.default]));
