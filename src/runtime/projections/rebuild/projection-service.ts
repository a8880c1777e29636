import type { ProjectionAnswer, ProjectionsAnswer, RebuildAnswer } from '../../../contract/projections.js';
import type { ProjectionRunner } from '../projection-runner.js';
import { failed, Ok, unknown, type Failed, type Result } from '../../result.js';
import type { SnapshotCache } from '../snapshots/snapshot-cache.js';
import { currentNameOf } from '../state/projections.js';
import type { Rebuild, Rebuilds } from './rebuilds.js';

/** Says how the projections stand, and has them rebuilt. */
export class ProjectionService {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly snapshots: SnapshotCache,
    private readonly rebuilds: Rebuilds,
  ) {}

  list(): Ok<ProjectionsAnswer> {
    return new Ok({ projections: this.names.map((name) => this.statusOf(name)) });
  }

  show(named: string): Result<ProjectionAnswer> {
    const name = currentNameOf(named);
    return this.missing(name) ?? new Ok(this.statusOf(name));
  }

  rebuild(named: string, actor: string): Result<ProjectionAnswer> {
    const name = currentNameOf(named);
    const missing = this.missing(name);
    if (missing !== null) return missing;
    if (this.rebuilds.start(name, actor) !== null) return new Ok(this.statusOf(name));
    const { startedBy, startedAt, position, target } = this.rebuilds.of(name);
    const since = `since ${startedAt ?? ''}, by ${startedBy ?? ''}: position ${position} of ${target}`;
    return failed({
      kind: 'rebuild-under-way',
      detail: `${name} is being rebuilt ${since}. Wait for it, or abort it.`,
      rebuild: answerOf(this.rebuilds.of(name)),
    });
  }

  async abort(named: string): Promise<Result<ProjectionAnswer>> {
    const name = currentNameOf(named);
    const missing = this.missing(name);
    if (missing !== null) return missing;
    if ((await this.rebuilds.abort(name)) !== null) return new Ok(this.statusOf(name));
    return failed({
      kind: 'no-rebuild-under-way',
      detail: `${name} is not being rebuilt.`,
      rebuild: answerOf(this.rebuilds.of(name)),
    });
  }

  private get names(): readonly string[] {
    return Object.values(this.runner.state.projections).map(({ name }) => name);
  }

  private missing(name: string): Failed | null {
    if (this.names.includes(name)) return null;
    const detail = `There is no projection "${name}"; there are ${this.names.join(', ')}.`;
    return unknown([{ pointer: '/name', detail }]);
  }

  private statusOf(name: string): ProjectionAnswer {
    const { state } = this.runner;
    const partitions = state.instancesOf(name);
    const version = Object.values(state.projections).find((one) => one.name === name)?.version ?? 0;
    const checkpoint = this.snapshots.checkpoint(name, version);
    const { staleVersion = null } = partitions[0] ?? {};
    return {
      name,
      version,
      position: String(state.position),
      partitions: partitions.length,
      parked: partitions.reduce((sum, { parked }) => sum + parked.size, 0),
      staleVersion,
      snapshot: checkpoint === null ? null : String(checkpoint),
      rebuild: answerOf(this.rebuilds.of(name)),
    };
  }
}

const answerOf = ({ from, position, target, ...rest }: Rebuild): RebuildAnswer => ({
  ...rest,
  from: String(from),
  position: String(position),
  target: String(target),
});
