import { Module, type DynamicModule } from '@nestjs/common';
import { AddExportController } from './add-export.controller.js';
import { ExportsController } from './exports.controller.js';

/** Files of Export-CsRgsConfiguration: adding them is a command, what they hold is a view. */
@Module({ controllers: [AddExportController, ExportsController] })
export class ExportsModule {
  static over(...imports: readonly DynamicModule[]): DynamicModule {
    return { module: ExportsModule, imports: [...imports] };
  }
}
