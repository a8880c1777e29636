/** An incident beside its targets and beside those of before: whether practice makes perfect. */
import type { Incident } from '../../facts/pair.js';
import { phaseNames, type IncidentPhase, type PhaseName } from './phases.js';
import { incidentView, kindOf, type IncidentFacts, type IncidentKind, type IncidentView } from './view.js';

export interface ComparedLine {
  readonly name: PhaseName | 'recovery-time' | 'recovery-point';
  readonly milliseconds: number | null;
  /** Of a phase: from the beginning of the incident to its end. */
  readonly sinceOpened: number | null;
  /** In milliseconds; of the phases up to the import, the time by which they should be over. */
  readonly target: number | null;
  readonly met: boolean | null;
  /** How long it took in the last drill of the pool before, and in its last real incident. */
  readonly lastDrill: number | null;
  readonly lastReal: number | null;
}

export interface Score {
  readonly targets: number;
  readonly met: number;
  /** Lines that were shorter than in the incident that they are compared with, and those that were longer. */
  readonly lastDrill: { readonly shorter: number; readonly longer: number };
  readonly lastReal: { readonly shorter: number; readonly longer: number };
}

export interface Comparison {
  /** The incidents that it is compared with; null where there was none. */
  readonly lastDrill: string | null;
  readonly lastReal: string | null;
  readonly lines: readonly ComparedLine[];
  readonly score: Score;
}

/** The phases that callers wait for: the target of the recovery time is theirs. */
const untilRecovered: readonly PhaseName[] = ['detected', 'decided', 'failing-over', 'imported'];

export function comparisonOf(
  facts: IncidentFacts,
  { startedAtPosition: started }: Incident,
  view: IncidentView,
): Comparison {
  const before = facts.pair.incidents.filter(
    ({ pool, startedAtPosition }) => pool === view.pool && startedAtPosition < started,
  );
  const last = (kind: IncidentKind): IncidentView | null => {
    const found: Incident | undefined = before.findLast((one) => kindOf(one) === kind);
    return found === undefined ? null : incidentView(facts, found);
  };
  const [drill, real] = [last('drill'), last('real')];
  const lines = [
    ...phaseNames.flatMap((name) => phaseLine(name, view, drill, real)),
    measureLine('recovery-time', 'recoveryTime', view, drill, real),
    measureLine('recovery-point', 'recoveryPoint', view, drill, real),
  ];
  return {
    lastDrill: drill?.id ?? null,
    lastReal: real?.id ?? null,
    lines,
    score: {
      targets: lines.filter(({ met }) => met !== null).length,
      met: lines.filter(({ met }) => met === true).length,
      lastDrill: against(lines, ({ lastDrill }) => lastDrill),
      lastReal: against(lines, ({ lastReal }) => lastReal),
    },
  };
}

type Other = IncidentView | null;

function phaseLine(name: PhaseName, view: IncidentView, drill: Other, real: Other): readonly ComparedLine[] {
  const phase = view.phases.find((one) => one.name === name);
  const inOther = (other: Other): number | null => lengthOf(other?.phases.find((one) => one.name === name));
  if (phase === undefined && inOther(drill) === null && inOther(real) === null) return [];
  const to = phase?.recordedLate === true ? null : (phase?.to ?? null);
  const sinceOpened = to === null ? null : Date.parse(to) - Date.parse(view.opened);
  const target = untilRecovered.includes(name) ? view.recoveryTime.target : null;
  return [
    {
      name,
      milliseconds: lengthOf(phase),
      sinceOpened,
      target,
      met: target === null || sinceOpened === null ? null : sinceOpened <= target,
      lastDrill: inOther(drill),
      lastReal: inOther(real),
    },
  ];
}

/** What was recorded late took nobody knows how long. */
const lengthOf = (phase: IncidentPhase | undefined): number | null =>
  phase === undefined || phase.recordedLate === true ? null : phase.milliseconds;

function measureLine(
  name: ComparedLine['name'],
  member: 'recoveryTime' | 'recoveryPoint',
  view: IncidentView,
  drill: Other,
  real: Other,
): ComparedLine {
  const { milliseconds, target, met } = view[member];
  return {
    name,
    milliseconds,
    sinceOpened: null,
    target,
    met,
    lastDrill: drill?.[member].milliseconds ?? null,
    lastReal: real?.[member].milliseconds ?? null,
  };
}

function against(
  lines: readonly ComparedLine[],
  other: (line: ComparedLine) => number | null,
): { readonly shorter: number; readonly longer: number } {
  const differences = lines.flatMap((line) => {
    const before = other(line);
    return line.milliseconds === null || before === null ? [] : [line.milliseconds - before];
  });
  return {
    shorter: differences.filter((difference) => difference < 0).length,
    longer: differences.filter((difference) => difference > 0).length,
  };
}

/** Whether there is nothing to compare with: its lines say what the phases say. */
export const hasNothingToCompare = ({ lastDrill, lastReal, lines }: Comparison): boolean =>
  lastDrill === null && lastReal === null && lines.every(({ target }) => target === null);
