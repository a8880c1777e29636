import type { ProjectionAnswer, ProjectionsAnswer, RebuildAnswer } from '../../../contract/projections.js';
import { failed, Failed, Ok, unknown, type Result } from '../../result.js';
import type { ProjectionRunner } from '../projection-runner.js';
import type { SnapshotCache } from '../snapshots/snapshot-cache.js';
import { currentNameOf } from '../state/projections.js';
import type { Rebuild, Rebuilds } from './rebuilds.js';

/** The name and the version of a projection. */
interface Known {
  readonly name: string;
  readonly version: number;
}

/** Shows how far the projections are, and rebuilds them. */
export class ProjectionService {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly snapshots: SnapshotCache,
    private readonly rebuilds: Rebuilds,
  ) {}

  list(): ProjectionsAnswer {
    return { projections: this.all.map((projection) => this.statusOf(projection)) };
  }

  show(name: string): Result<ProjectionAnswer> {
    const known = this.find(name);
    return known instanceof Failed ? known : new Ok(this.statusOf(known));
  }

  rebuild(name: string, actor: string): Result<ProjectionAnswer> {
    const known = this.find(name);
    if (known instanceof Failed) return known;
    if (this.rebuilds.start(known.name, actor) !== null) return new Ok(this.statusOf(known));
    const { startedBy, startedAt, position, target } = this.rebuilds.of(known.name);
    return failed({
      kind: 'rebuild-under-way',
      detail: `${known.name} is being rebuilt since ${startedAt ?? ''}, by ${startedBy ?? ''}: position ${position} of ${target}. Wait for it, or abort it.`,
      rebuild: answerOf(this.rebuilds.of(known.name)),
    });
  }

  async abort(name: string): Promise<Result<ProjectionAnswer>> {
    const known = this.find(name);
    if (known instanceof Failed) return known;
    if ((await this.rebuilds.abort(known.name)) !== null) return new Ok(this.statusOf(known));
    return failed({
      kind: 'no-rebuild-under-way',
      detail: `${known.name} is not being rebuilt.`,
      rebuild: answerOf(this.rebuilds.of(known.name)),
    });
  }

  private get all(): readonly Known[] {
    return Object.values(this.runner.state.projections);
  }

  private find(name: string): Known | Failed {
    const current = currentNameOf(name);
    const names = this.all.map((projection) => projection.name).join(', ');
    const detail = `There is no projection "${current}"; there are ${names}.`;
    return (
      this.all.find((projection) => projection.name === current) ?? unknown([{ pointer: '/name', detail }])
    );
  }

  private statusOf({ name, version }: Known): ProjectionAnswer {
    const { state } = this.runner;
    const partitions = state.instancesOf(name);
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
