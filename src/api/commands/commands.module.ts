import { Module, type DynamicModule } from '@nestjs/common';
import { AgentsController } from './agents.controller.js';
import { CallsController } from './calls.controller.js';
import { ConfigurationController } from './configuration.controller.js';
import { CorrectionsController } from './corrections.controller.js';
import { IncidentCommandsController } from './incidents.controller.js';
import { AgentListsController } from './agent-lists.controller.js';
import { LifecycleController } from './lifecycle.controller.js';
import { ServicesController } from './services.controller.js';
import { PairingController } from './pairing.controller.js';
import { ReplacementController } from './replacement.controller.js';
import { Submission } from './submission.js';
import { ReplicationController } from './replication.controller.js';
import { TransferController } from './transfer.controller.js';
import { UnknownCommandController } from './unknown-command.controller.js';

/** `POST /v1/commands/…` */
@Module({
  controllers: [
    PairingController,
    ReplicationController,
    ConfigurationController,
    TransferController,
    LifecycleController,
    AgentListsController,
    ReplacementController,
    ServicesController,
    IncidentCommandsController,
    AgentsController,
    CallsController,
    CorrectionsController,
    UnknownCommandController,
  ],
  providers: [Submission],
  exports: [Submission],
})
export class CommandsModule {
  static over(...imports: readonly DynamicModule[]): DynamicModule {
    return { module: CommandsModule, imports: [...imports] };
  }
}
