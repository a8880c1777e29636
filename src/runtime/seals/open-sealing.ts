import type { EventStore } from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { Sealing, type SealingOptions } from './sealing.js';
import { SealService } from './seal-service.js';

/** Seals in a folder; none, with the reason, where it cannot be used: a record of a disaster is worth more than its seal. */
export function openSealing(
  store: EventStore,
  runner: ProjectionRunner,
  clock: () => Date,
  options: SealingOptions | null,
): SealService {
  if (options === null) return new SealService(store, null);
  try {
    return new SealService(store, new Sealing(store, runner, clock, options));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.notify('error', `The log is not sealed: ${reason}`);
    return new SealService(store, null, reason.replace(/\.$/, ''));
  }
}
