/** The words of incidents, for every form that people read. */
import { isDown, traitsOf } from '../../policy/stages.js';
import { durationText } from '../../policy/texts/durations.js';
import type { ComparedLine, Comparison } from './comparison.js';
import type { Measure } from './measures.js';
import type { IncidentPhase, PhaseName } from './phases.js';
import type { RecordCorrection } from './report/corrections.js';
import type { IncidentView } from './view.js';

export const phaseTitles: Readonly<Record<PhaseName, string>> = {
  detected: 'Detected',
  decided: 'Decided',
  'failing-over': 'Failing over',
  imported: 'Response groups imported',
  'agents-back': 'Agents back',
  'first-call-served': 'First call served',
  'failing-back': 'Failing back',
  replaced: 'Replaced by a new pool',
  home: 'Back home',
  'cleaned-up': 'Cleaned up',
};

const lineTitle = ({ name }: Pick<ComparedLine, 'name'>): string =>
  name === 'recovery-time'
    ? 'Recovery time'
    : name === 'recovery-point'
      ? 'Recovery point'
      : phaseTitles[name];

/**
 * The cells of a line that compares: what it is, how long it took, its target, whether that was met, and those before.
 * @param nothing stands where there is nothing
 */
export const comparisonCells = (line: ComparedLine, nothing: string): readonly string[] => [
  lineTitle(line),
  durationOr(line.milliseconds, nothing),
  durationOr(line.target, nothing),
  line.met === null ? nothing : line.met ? 'yes' : 'no',
  durationOr(line.lastDrill, nothing),
  durationOr(line.lastReal, nothing),
];

export const durationOr = (milliseconds: number | null, otherwise: string): string =>
  milliseconds === null ? otherwise : durationText(milliseconds);

/** How long a phase took, where that can be told. */
export const tookText = ({ milliseconds, recordedLate }: IncidentPhase): string =>
  recordedLate === true ? 'not known' : durationOr(milliseconds, '');

/** What a correction changed, without a full stop. */
export const correctionText = ({ kind, what, before, after }: RecordCorrection): string =>
  kind === 'retracted'
    ? `retracted "${what}" of ${timeText(before)}`
    : `"${what}" happened at ${timeOr(after, '')}, not at ${timeText(before)}`;

const counted = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** What there is to say of a phase beside its times; empty where nothing is. */
export function phaseRemark(phase: IncidentPhase): string {
  const { attempts = [], recordedLate, preStaged, signedIn, back } = phase;
  const failed = attempts.filter(({ outcome }) => outcome === 'failed').length;
  return [
    ...(failed === 0 ? [] : [counted(failed, 'try failed', 'tries failed')]),
    ...(recordedLate === true ? ['recorded only later: nobody knows when it was noticed'] : []),
    ...(preStaged === true ? ['done ahead of need'] : []),
    ...(signedIn === undefined ? [] : [`${back ?? 0} of ${counted(signedIn, 'agent')} back`]),
  ].join('; ');
}

export function measureText({ milliseconds, target, met, documentedIn }: Measure): string {
  const measured = durationOr(milliseconds, 'not known');
  if (target === null) return `${measured}, no target is set`;
  const verdict = met === null ? '' : met ? ': met' : ': missed';
  const documented = documentedIn === undefined ? '' : ', as documented for this version of the product';
  return `${measured}, target ${durationText(target)}${documented}${verdict}`;
}

/** The pool of an incident, with the name that it had when it began. */
export const poolText = ({ pool, formerly }: Pick<IncidentView, 'pool' | 'formerly'>): string =>
  formerly === undefined ? pool : `${pool} (formerly ${formerly})`;

const retimedText =
  'Times in its course were corrected: phases have the corrected times, calls are those that were cut off in the order of the log.';

/** An incident that ended while its pool was down: that was given up, or retired. */
const neverBackText = ({ pool, partner, stage }: IncidentView): string =>
  traitsOf(stage).stoodInFor
    ? `${pool} never came back, and was given up: ${partner} owns what it owned.`
    : `${pool} never came back, and was retired.`;

/** The incident in a few sentences. */
export function summaryOf(view: IncidentView): readonly string[] {
  const {
    pool,
    formerly,
    partner,
    kind,
    reason,
    recoveryTime,
    recoveryPoint,
    cutOff,
    refusals,
    notHome,
    closed,
  } = view;
  const what = view.phases.some(({ name }) => name === 'detected')
    ? 'went down'
    : 'was failed over as planned';
  return [
    `${kind === 'drill' ? 'In a drill ' : ''}${formerly ?? pool} ${what}${reason === null ? '' : ` (${reason.replace(/\.$/, '')})`}; ${partner} is its backup pool.`,
    formerly === undefined ? '' : `${pool} took its place.`,
    recoveryTime.milliseconds === null
      ? 'Callers are not served again by what is on record.'
      : `Callers were served again after ${durationText(recoveryTime.milliseconds)}${againstTarget(recoveryTime)}.`,
    recoveryPoint.milliseconds === null
      ? 'No export is on record from which it could have been restored.'
      : `What they were served by, or would have been restored from, was ${durationText(recoveryPoint.milliseconds)} old${againstTarget(recoveryPoint)}.`,
    `${counted(cutOff.total, 'call was', 'calls were')} cut off, ${counted(refusals, 'command')} refused.`,
    cutOff.order === 'log' ? retimedText : '',
    notHome.length === 0
      ? ''
      : `${counted(notHome.length, 'object that was', 'objects that were')} changed on ${partner} ${notHome.length === 1 ? 'is' : 'are'} not home.`,
    closed === null ? 'It goes on.' : isDown(view.stage) ? neverBackText(view) : '',
  ].filter((sentence) => sentence !== '');
}

const againstTarget = ({ target, met }: Measure): string =>
  target === null || met === null ? '' : ` (target ${durationText(target)}, ${met ? 'met' : 'missed'})`;

export function scoreText({ score, lastDrill, lastReal }: Comparison): readonly string[] {
  const beside = (id: string | null, what: string, { shorter, longer }: Comparison['score']['lastDrill']) =>
    id === null
      ? [`There was no ${what} of this pool before.`]
      : [`Beside the last ${what} (${id}): ${shorter} shorter, ${longer} longer.`];
  return [
    score.targets === 0 ? 'No target is set.' : `Targets: ${score.met} of ${score.targets} met.`,
    ...beside(lastDrill, 'drill', score.lastDrill),
    ...beside(lastReal, 'real incident', score.lastReal),
  ];
}

/** 2026-11-17 09:18:00 UTC. */
export const timeText = (time: string): string => time.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');

export const timeOr = (time: string | null, otherwise: string): string =>
  time === null ? otherwise : timeText(time);
