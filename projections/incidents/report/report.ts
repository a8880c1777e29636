/** The report of an incident: all that a person needs who was not there, and all that an auditor needs to check it. */
import type { Incident } from '../../../facts/pair.js';
import { inferences } from '../../../policy/inferences.js';
import { statementOf } from '../../../policy/statements.js';
import { comparisonOf, type Comparison } from '../comparison.js';
import type { RefusedCommand } from '../refused.js';
import { incidentView, type IncidentFacts, type IncidentView } from '../view.js';
import { mostCorrections, type RecordCorrection } from './corrections.js';
import { lanesOf, type Lane } from './lanes.js';

/** One incident with what a list of them leaves out. */
export interface IncidentDetail extends IncidentView {
  /** The first of those that were refused. */
  readonly refused: readonly RefusedCommand[];
  readonly comparison: Comparison;
}

/** A cause of cut-offs, spelled out. */
export interface CauseText {
  readonly id: string;
  readonly text: string;
  readonly calls: number;
}

/** The last event of the log that the report can be of: whoever has the log finds it there. */
export interface LogHead {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly hash: string;
}

export interface IncidentReport {
  readonly incident: IncidentDetail;
  readonly lanes: readonly Lane[];
  /** When each of the agents who are back was, in the order of their times. */
  readonly agentsBack: readonly string[];
  readonly causes: readonly CauseText[];
  /** What was retracted or corrected of its record, in the order in which it was: the first of them. */
  readonly corrections: readonly RecordCorrection[];
  /** How many there are beyond those; absent where none is. */
  readonly moreCorrections?: number;
  readonly head: LogHead;
}

export function detailOf(
  facts: IncidentFacts,
  incident: Incident,
  refused: readonly RefusedCommand[],
): IncidentDetail {
  const view = incidentView(facts, incident);
  return { ...view, refused, comparison: comparisonOf(facts, incident, view) };
}

export function reportOf(
  facts: IncidentFacts,
  incident: IncidentDetail,
  corrections: readonly RecordCorrection[],
  head: LogHead,
): IncidentReport {
  const { cutOff, refused, id } = incident;
  const more = corrections.length - mostCorrections;
  return {
    incident,
    lanes: lanesOf(facts.pair, incident, refused),
    agentsBack: (facts.returns.get(id)?.back ?? [])
      .map(({ occurredAt }) => occurredAt)
      .toSorted((one, other) => Date.parse(one) - Date.parse(other)),
    causes: Object.entries(cutOff.byStatement)
      .map(([cause, calls]) => ({ id: cause, text: textOf(cause), calls }))
      .toSorted((one, other) => other.calls - one.calls),
    corrections: corrections.slice(0, mostCorrections),
    ...(more > 0 ? { moreCorrections: more } : {}),
    head,
  };
}

function textOf(cause: string): string {
  const inferred = cause.replace(/^inferred\//, '');
  return statementOf(cause)?.text ?? inferences.find(({ id }) => id === inferred)?.text ?? cause;
}
