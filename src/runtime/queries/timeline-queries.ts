import { typesOfClass, type AuditClass } from '../../../projections/audit-trail/classes.js';
import { marksOf } from '../../../projections/incidents/timeline-marks.js';
import type { AnswerOf } from '../../contract/answers.js';
import { Failed, type Result } from '../result.js';
import type { AuditQueries } from './audit-queries.js';
import { versionOf } from './incident-answers.js';
import type { IncidentQueries } from './incident-queries.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** As many marks as one answer holds. */
export const MOST_MARKS = 1_000;

/** What people do in an incident: calls and agents are counted in buckets. */
const classes = [
  'pairing',
  'stages',
  'configuration',
  'transfer',
  'corrections',
  'refusals',
] as const satisfies readonly AuditClass[];
const types = classes.flatMap(typesOfClass);

/** The course of an incident, drawn from counts and marks: what it takes does not grow with its calls. */
export class TimelineQueries {
  constructor(
    private readonly service: QueryService,
    private readonly incidents: IncidentQueries,
    private readonly audit: AuditQueries,
  ) {}

  /** @param most buckets */
  async timeline(id: string, query: ViewQuery, most: number): Promise<Result<AnswerOf<'timeline'>>> {
    return await this.service.answer(
      query,
      async (at) => {
        const found = await this.incidents.course(id, at, most, query);
        if (found instanceof Failed) return found;
        const { course, detail, position, staleness } = found;
        const filter = { incident: id, type: types };
        const asked = { filter, order: 'oldest', from: null, limit: MOST_MARKS } as const;
        const trail = await this.audit.trail(course.pool, query, asked);
        if (trail instanceof Failed) return trail;
        const { entries, next } = trail.value;
        const view = { ...course, marks: marksOf(entries, detail), hasMoreMarks: next !== null };
        return { view, version: versionOf(view), position, staleness };
      },
      () => this.incidents.scopeOf(id),
    );
  }
}
