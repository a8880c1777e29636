import { Gauge, type Registry } from 'prom-client';
import { severities } from '../../../../policy/readiness/findings.js';
import type { Poolkeeper } from '../../../runtime/poolkeeper.js';

/** How ready each pool is. The only figures that name pools: an operator has to know which one needs attention. */
export class ReadinessGauges {
  private readonly findings: Gauge;
  private readonly atStake: Gauge;
  private readonly exportAge: Gauge;

  constructor(
    private readonly poolkeeper: Poolkeeper,
    registry: Registry,
  ) {
    const registers = [registry];
    this.findings = new Gauge({
      name: 'poolkeeper_readiness_findings',
      help: 'Findings of the readiness of a pool, by severity',
      labelNames: ['pool', 'severity'],
      registers,
    });
    this.atStake = new Gauge({
      name: 'poolkeeper_readiness_at_stake',
      help: 'Objects and sets of settings that would be lost, or are still to come home',
      labelNames: ['pool'],
      registers,
    });
    this.exportAge = new Gauge({
      name: 'poolkeeper_export_age_seconds',
      help: 'Age of the last export of a pool; no value where none is recorded',
      labelNames: ['pool'],
      registers,
    });
  }

  refresh(): void {
    for (const gauge of [this.findings, this.atStake, this.exportAge]) gauge.reset();
    const now = this.poolkeeper.clock().getTime();
    for (const { fqdn: pool, counts, atStake, lastExport } of this.poolkeeper.readiness.ofAllPools()) {
      for (const severity of severities) this.findings.set({ pool, severity }, counts[severity]);
      this.atStake.set({ pool }, atStake.total);
      if (lastExport === null) continue;
      this.exportAge.set(
        { pool },
        Math.max(0, (now - Date.parse(lastExport.writtenAt ?? lastExport.occurredAt)) / 1_000),
      );
    }
  }
}
