import { Gauge, type Registry } from 'prom-client';
import { conditionNames } from '../../../contract/health.js';
import type { Poolkeeper } from '../../../runtime/poolkeeper.js';
import { isGood } from '../../../runtime/watch/verification-result.js';

/** What is wrong with the service, the room on its disk, what the last verification found, and the last seal. */
export class ConditionGauges {
  private readonly conditions: Gauge;
  private readonly free: Gauge;
  private readonly good: Gauge;
  private readonly ended: Gauge;
  private readonly sealed: Gauge;
  private readonly sealedAt: Gauge;
  private readonly sinksFailing: Gauge;

  constructor(
    private readonly poolkeeper: Poolkeeper,
    registry: Registry,
  ) {
    const registers = [registry];
    this.conditions = new Gauge({
      name: 'poolkeeper_condition',
      help: '1 while something is wrong, by its name in /health, else 0',
      labelNames: ['condition'],
      registers,
    });
    this.free = new Gauge({
      name: 'poolkeeper_disk_free_bytes',
      help: 'Free space of the disk of DATA_DIR; no value where it is not known',
      labelNames: [],
      registers,
    });
    this.good = new Gauge({
      name: 'poolkeeper_verification_good',
      help: '1 where the last verification found nothing, else 0; no value before the first',
      labelNames: [],
      registers,
    });
    this.ended = new Gauge({
      name: 'poolkeeper_verification_timestamp_seconds',
      help: 'When the last verification ended; no value before the first',
      labelNames: [],
      registers,
    });
    this.sealed = new Gauge({
      name: 'poolkeeper_seal_events',
      help: 'Events that the last seal covers; no value before the first',
      labelNames: [],
      registers,
    });
    this.sealedAt = new Gauge({
      name: 'poolkeeper_seal_timestamp_seconds',
      help: 'When the last seal was signed; no value before the first',
      labelNames: [],
      registers,
    });
    this.sinksFailing = new Gauge({
      name: 'poolkeeper_seal_sinks_failing',
      help: 'Places to which seals cannot be sent: the folder and the webhook; no value where nothing is sealed',
      labelNames: [],
      registers,
    });
  }

  refresh(): void {
    const { watch, verifier, seals } = this.poolkeeper;
    for (const condition of conditionNames)
      this.conditions.set(
        { condition },
        Number(watch.conditions.list().some(({ name }) => name === condition)),
      );
    setOrRemove(this.free, watch.disk?.space?.free);
    const { last } = verifier;
    setOrRemove(this.good, last === null ? undefined : Number(isGood(last.verified)));
    setOrRemove(this.ended, last === null ? undefined : Date.parse(last.ended) / 1_000);
    const seal = seals.sealing?.status.last ?? null;
    setOrRemove(this.sealed, seal?.size);
    setOrRemove(this.sealedAt, seal === null ? undefined : Date.parse(seal.at) / 1_000);
    setOrRemove(this.sinksFailing, seals.sealing?.status.sinksFailing);
  }
}

function setOrRemove(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove();
  else gauge.set(value);
}
