import { Controller, Get } from '@nestjs/common';
import { ReadinessQueries } from '../../src/api/index.js';

/** A line of the wall board: a pool, and whether it is ready to fail. */
interface WallboardLine {
  readonly pool: string;
  readonly critical: number;
  readonly lastExport: string | null;
}

/** A controller of the host: it injects a service of Poolkeeper by its class. */
@Controller('wallboard')
export class WallboardController {
  constructor(private readonly readiness: ReadinessQueries) {}

  @Get()
  lines(): readonly WallboardLine[] {
    return this.readiness.ofAllPools().map(({ fqdn, counts, lastExport }) => ({
      pool: fqdn,
      critical: counts.critical,
      lastExport: lastExport?.occurredAt ?? null,
    }));
  }
}
