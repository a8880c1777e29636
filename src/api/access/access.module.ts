import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { AccessLog } from '../../access/access-log.js';
import type { Poolkeeper } from '../../runtime/poolkeeper.js';
import type { PoolkeeperModuleOptions } from '../services/options.js';
import { MODULE_OPTIONS, POOLKEEPER } from '../services/tokens.js';
import { AccessLogController } from './access-log.controller.js';
import { AccessGate } from './access-gate.js';
import { accessPartsOf, type AccessParts } from './gate-options.js';
import { PoolDirectory } from './pool-directory.js';
import { SessionController } from './session.controller.js';
import { SignInController } from './sign-in.controller.js';
import { SignInService } from './sign-in-service.js';
import { ACCESS_PARTS } from './tokens.js';

/** Who may do what. */
@Module({ controllers: [AccessLogController, SessionController, SignInController] })
export class AccessModule implements OnApplicationShutdown {
  constructor(@Inject(ACCESS_PARTS) private readonly parts: AccessParts) {}

  static over(services: DynamicModule): DynamicModule {
    const parts = {
      provide: ACCESS_PARTS,
      inject: [MODULE_OPTIONS],
      useFactory: (options: PoolkeeperModuleOptions): AccessParts => accessPartsOf(options),
    };
    const log = {
      provide: AccessLog,
      inject: [ACCESS_PARTS],
      useFactory: (access: AccessParts) => access.log,
    };
    const signIn = {
      provide: SignInService,
      inject: [ACCESS_PARTS],
      useFactory: ({ signIn }: AccessParts) => new SignInService(signIn),
    };
    const gate = {
      provide: AccessGate,
      inject: [ACCESS_PARTS, POOLKEEPER],
      useFactory: (access: AccessParts, poolkeeper: Poolkeeper) =>
        new AccessGate(access.gate, new PoolDirectory(poolkeeper)),
    };
    return {
      module: AccessModule,
      imports: [services],
      providers: [parts, log, signIn, gate],
      exports: [ACCESS_PARTS, AccessGate],
    };
  }

  onApplicationShutdown(): void {
    this.parts.keys?.close();
    this.parts.log.flush();
  }
}
