/** What an incident is measured by: how soon callers were served again, and how old was what they were served by. */
import type { SourceId } from '../../policy/sources.js';
import { versions } from '../../policy/versions.js';
import type { Targets } from '../../facts/pair.js';
import {
  allOf,
  exportOf,
  importedAhead,
  lastExportBefore,
  lastOf,
  standInImports,
  type Course,
} from './course.js';
import { lastGoodBefore } from './replicated.js';

export interface Measure {
  /** Null while it is not known. */
  readonly milliseconds: number | null;
  /** In milliseconds; null where none is set. */
  readonly target: number | null;
  /** What the target is taken from, where nobody has set any: the document of the version of the product. */
  readonly documentedIn?: SourceId;
  /** Null where there is no target, or nothing is known yet. */
  readonly met: boolean | null;
  readonly from: string | null;
  readonly to: string | null;
}

const measure = (
  from: string | null,
  to: string | null,
  { target, documentedIn }: Pick<Measure, 'target' | 'documentedIn'>,
): Measure => {
  const milliseconds = from === null || to === null ? null : Math.max(0, Date.parse(to) - Date.parse(from));
  return {
    milliseconds,
    target,
    ...(documentedIn === undefined ? {} : { documentedIn }),
    met: milliseconds === null || target === null ? null : milliseconds <= target,
    from,
    to,
  };
};

/** Those that were aimed at when the incident ended; where nothing was, or it goes on, those of the pair. */
const targetsSet = ({ pair, incident }: Course): Targets | null => incident.targets ?? pair.targets;

/** What is aimed at; where nobody has set anything, what is documented for the version of the product. */
function targetOf(
  course: Course,
  what: Exclude<keyof Targets, 'setAt'>,
): Pick<Measure, 'target' | 'documentedIn'> {
  const set = targetsSet(course);
  const { version } = course.pair;
  if (set !== null || version === null) return { target: set?.[what] ?? null };
  const { targets } = versions[version.version];
  return { target: targets[what], documentedIn: targets.source };
}

/**
 * From the beginning until callers are served again: the backup pool stands in, and has the response groups of a pool that
 * had any; or the pool itself is back, or the one that took its place.
 */
export function recoveryTime(course: Course): Measure {
  const { incident } = course;
  const moments = [
    standsInFrom(course),
    lastOf(course, 'OutageEnded')?.occurredAt,
    allOf(course, 'FailbackCompleted')[0]?.occurredAt,
    allOf(course, 'ReplacementCompleted')[0]?.occurredAt,
    // A planned failover that failed has left the pool as it was.
    course.stage === 'normal' && course.stages.at(-1)?.type === 'FailoverFailed'
      ? course.stages.at(-1)?.occurredAt
      : undefined,
  ].filter((moment) => moment !== undefined);
  const earliest = moments.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null;
  return measure(incident.startedAt, earliest, targetOf(course, 'recoveryTime'));
}

function standsInFrom(course: Course): string | undefined {
  const completed = lastOf(course, 'FailoverCompleted')?.occurredAt;
  if (completed === undefined || course.incident.workflows === 0 || importedAhead(course) !== undefined)
    return completed;
  if (lastGoodBefore(course) !== undefined) return completed;
  const imported = standInImports(course)[0]?.occurredAt;
  if (imported === undefined) return undefined;
  return Date.parse(imported) > Date.parse(completed) ? imported : completed;
}

/**
 * How much older than the incident the configuration is that stood in, or could have: the export that was imported, else
 * the last one. A pool with response groups and no export has none to go back to: the target is not met.
 */
export function recoveryPoint(course: Course): Measure {
  const { incident } = course;
  const target = targetOf(course, 'recoveryPoint');
  const replicated = lastGoodBefore(course);
  const imported = standInImports(course).at(-1);
  if (imported === undefined && replicated !== undefined)
    return measure(replicated, incident.startedAt, target);
  const import_ = imported ?? importedAhead(course);
  const file = (import_ && exportOf(course, import_)) ?? lastExportBefore(course);
  if (file !== undefined) return measure(file.occurredAt, incident.startedAt, target);
  const isLost = incident.workflows > 0 && target.target !== null;
  return { ...measure(null, incident.startedAt, target), ...(isLost ? { met: false } : {}) };
}
