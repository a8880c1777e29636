import type { EventStore } from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { Sealing, type SealingOptions } from './sealing.js';
import { SealService, type SealGates } from './seal-service.js';

/** Seals in a folder; none, with the reason, where it cannot be used: a record of a disaster is worth more than its seal. */
export function openSealing(
  store: EventStore,
  runner: ProjectionRunner,
  clock: () => Date,
  options: SealingOptions | null,
  gates: SealGates,
): SealService {
  if (options === null) return new SealService(store, null, gates);
  try {
    return new SealService(store, new Sealing(store, runner, clock, options), gates);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.notify('error', `The log is not sealed: ${reason}`);
    return new SealService(store, null, gates, reason.replace(/\.$/, ''));
  }
}
