import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { AnswerFormat, CommandResult } from '../result.js';
import type { IdempotencyStore, KeyedRequest } from './idempotency-store.js';
import { KeyedRun, keyReused, type Claim } from './keyed-run.js';

/** Requests with an idempotency key: overlapping repeats share one run, later ones get the kept answer. */
export class KeyedRuns<Value extends object> {
  private readonly inFlight = new Map<
    string,
    { readonly fingerprint: string; readonly result: Promise<CommandResult<Value>> }
  >();

  constructor(
    private readonly idempotency: IdempotencyStore,
    private readonly runner: Pick<ProjectionRunner, 'catchUp'>,
    private readonly answerFormat: AnswerFormat,
  ) {}

  async once(
    request: KeyedRequest,
    execute: (claim: Claim) => Promise<CommandResult<Value>>,
  ): Promise<CommandResult<Value>> {
    const { key, fingerprint } = request;
    const other = this.inFlight.get(key);
    if (other !== undefined) return other.fingerprint === fingerprint ? await other.result : keyReused;
    const keyed = new KeyedRun(request, this.idempotency, this.runner, this.answerFormat);
    const result = keyed.result(execute);
    this.inFlight.set(key, { fingerprint, result });
    try {
      return await result;
    } finally {
      this.inFlight.delete(key);
    }
  }
}
