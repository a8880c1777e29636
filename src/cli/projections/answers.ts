/** What `/v1/projections` answers; see `src/runtime/projections/rebuild`. */
export interface RebuildAnswer {
  readonly state: 'none' | 'running' | 'done' | 'aborted' | 'failed';
  readonly startedBy: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly position: string;
  readonly target: string;
  readonly events: number;
  readonly eventsPerSecond: number | null;
  readonly error: string | null;
}

export interface ProjectionAnswer {
  readonly name: string;
  readonly version: number;
  readonly position: string;
  readonly partitions: number;
  readonly parked: number;
  readonly staleVersion: number | null;
  readonly snapshot: string | null;
  readonly rebuild: RebuildAnswer;
}

/** What `/v1/dead-letters` lists; see `src/runtime/projections/dead-letters`. */
export interface DeadLetterAnswer {
  readonly id: string;
  readonly projection: string;
  readonly part: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly stream: string;
    readonly position: string;
  };
  readonly error: string;
  readonly attempts: number;
  readonly since: string;
}
