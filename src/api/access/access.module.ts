import { Module, type DynamicModule } from '@nestjs/common';
import type { Poolkeeper } from '../../runtime/poolkeeper.js';
import type { PoolkeeperModuleOptions } from '../services/options.js';
import { MODULE_OPTIONS, POOLKEEPER } from '../services/tokens.js';
import { AccessGate } from './access-gate.js';
import { gateOptionsOf } from './gate-options.js';
import { PoolDirectory } from './pool-directory.js';

/** Who may do what. */
@Module({})
export class AccessModule {
  static over(services: DynamicModule): DynamicModule {
    const gate = {
      provide: AccessGate,
      inject: [MODULE_OPTIONS, POOLKEEPER],
      useFactory: (options: PoolkeeperModuleOptions, poolkeeper: Poolkeeper) =>
        new AccessGate(gateOptionsOf(options), new PoolDirectory(poolkeeper)),
    };
    return { module: AccessModule, imports: [services], providers: [gate], exports: [AccessGate] };
  }
}
