import { Module, type DynamicModule } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
// In your own project: from 'poolkeeper'.
import { poolkeeperModules, PoolkeeperModule } from '../../src/api/index.js';
import { WallboardController } from './wallboard.controller.js';

/** An application with its own routes, and those of Poolkeeper below /response-groups. */
@Module({ controllers: [WallboardController] })
export class HostModule {
  /** @param folder where the log is kept */
  static withLogIn(folder: string): DynamicModule {
    return {
      module: HostModule,
      imports: [
        PoolkeeperModule.forRoot({ configuration: { DATA_DIR: folder } }),
        RouterModule.register([{ path: 'response-groups', children: [...poolkeeperModules] }]),
      ],
    };
  }
}
