import type { JsonObject } from '../../../../events/envelope.js';
import type { ProjectionRunner } from '../projection-runner.js';
import { problem, Reply, unknownProblem } from '../../reply.js';
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

  list(): Reply {
    return new Reply(200, { projections: this.names.map((name) => this.statusOf(name)) });
  }

  show(named: string): Reply {
    const name = currentNameOf(named);
    return this.unknown(name) ?? new Reply(200, this.statusOf(name));
  }

  rebuild(named: string, actor: string): Reply {
    const name = currentNameOf(named);
    const unknown = this.unknown(name);
    if (unknown !== null) return unknown;
    if (this.rebuilds.start(name, actor) !== null) return new Reply(202, this.statusOf(name));
    const { startedBy, startedAt, position, target } = this.rebuilds.of(name);
    return problem(
      409,
      'rebuild-under-way',
      `${name} is being rebuilt since ${startedAt ?? ''}, by ${startedBy ?? ''}: position ${position} of ${target}. Wait for it, or abort it.`,
      { title: 'A rebuild is under way', rebuild: answerOf(this.rebuilds.of(name)) },
    );
  }

  async abort(named: string): Promise<Reply> {
    const name = currentNameOf(named);
    const unknown = this.unknown(name);
    if (unknown !== null) return unknown;
    if ((await this.rebuilds.abort(name)) !== null) return new Reply(200, this.statusOf(name));
    return problem(409, 'no-rebuild-under-way', `${name} is not being rebuilt.`, {
      title: 'There is nothing to abort',
      rebuild: answerOf(this.rebuilds.of(name)),
    });
  }

  private get names(): readonly string[] {
    return Object.values(this.runner.state.projections).map(({ name }) => name);
  }

  private unknown(name: string): Reply | null {
    if (this.names.includes(name)) return null;
    const detail = `There is no projection "${name}"; there are ${this.names.join(', ')}.`;
    return unknownProblem([{ pointer: '/name', detail }]);
  }

  private statusOf(name: string): JsonObject {
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

const answerOf = ({ from, position, target, ...rest }: Rebuild): JsonObject => ({
  ...rest,
  from: String(from),
  position: String(position),
  target: String(target),
});
