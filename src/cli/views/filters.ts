/** What views can be asked with, and the flags that stand for it. */
import { objectKinds } from '../../../events/vocabulary.js';
import { auditClasses } from '../../../projections/audit-trail/classes.js';
import { momentHelp, readMoment } from '../times/flags.js';

export interface Filter {
  /** As in the query string. */
  readonly name: string;
  readonly description: string;
  /** Whether it may be given again: any of the values passes. */
  readonly isList?: true;
  /** Whether it is a flag without a value, which says true. */
  readonly isSwitch?: true;
  /** What is written on the command line, as the service takes it. */
  readonly read?: (text: string) => string;
}

/** A flag that stands for a filter with a value. */
export interface Shorthand {
  readonly flag: string;
  readonly description: string;
  readonly filter: string;
  readonly value: string;
}

export const moment: readonly Filter[] = [
  { name: 'asOf', description: `what was known at a moment of the past: ${momentHelp}`, read: readMoment },
  {
    name: 'at',
    description: `what was true at a moment of the past, whenever it was recorded: ${momentHelp}`,
    read: readMoment,
  },
  { name: 'minPosition', description: 'wait until the view has reached this position' },
];

export const page: readonly Filter[] = [
  ...moment,
  { name: 'limit', description: 'entries on the page, 1 to 1000' },
  { name: 'cursor', description: 'the next, or the previous, of another page' },
];

export const copyFilters: readonly Filter[] = [
  ...moment,
  { name: 'name', description: 'only objects whose name holds this, in any case' },
  { name: 'kind', description: `only this kind: ${objectKinds.join(', ')}` },
];

export const consoleFilters: readonly Filter[] = [
  ...moment,
  { name: 'name', description: 'only agent groups whose name holds this, in any case' },
];

export const exportFilters: readonly Filter[] = [
  ...moment,
  { name: 'name', description: 'only exports whose file name holds this, in any case' },
];

export const callFilters: readonly Filter[] = [
  ...page,
  { name: 'status', description: 'only in-progress, connected, ended or disconnected calls' },
  { name: 'responseGroup', description: 'only calls of this workflow: its id or its name' },
  { name: 'agent', description: 'only calls that this agent answered, such as kim@contoso.com' },
  { name: 'caller', description: 'only calls of this caller, where that was reported' },
  { name: 'order', description: 'oldest or newest: which call comes first' },
  { name: 'from', description: 'only calls that were not over before this moment', read: readMoment },
  { name: 'to', description: 'only calls that had arrived at this moment', read: readMoment },
];

export const trailFilters: readonly Filter[] = [
  ...page,
  { name: 'actor', description: 'only what this actor did' },
  { name: 'type', description: 'only this type of event, or CallsCutOff; may be given again', isList: true },
  {
    name: 'class',
    description: `only this class: ${auditClasses.join(', ')}; may be given again`,
    isList: true,
  },
  { name: 'from', description: 'only what happened at or after this moment', read: readMoment },
  { name: 'to', description: 'only what happened at or before this moment', read: readMoment },
  { name: 'incident', description: 'only what was recorded in the course of this incident' },
  { name: 'correlationId', description: 'only what belongs to this conversation' },
  { name: 'refused', description: 'true: only refused commands; false: only what was not refused' },
  { name: 'text', description: 'only what holds this text: in its sentence, type, actor, ids or payload' },
  {
    name: 'withoutCalls',
    description: 'without what was reported of single calls; what a stage did to calls stays',
    isSwitch: true,
  },
  { name: 'order', description: 'oldest or newest: which entry comes first' },
  { name: 'format', description: 'ndjson or csv: all entries that pass, without pages' },
];

export const trailShorthands: readonly Shorthand[] = [
  { flag: 'newest', description: 'the newest entry first', filter: 'order', value: 'newest' },
];
