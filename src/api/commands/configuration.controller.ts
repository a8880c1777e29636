import { Body } from '@nestjs/common';

import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { CommandRoute } from './command-route.js';
import { CreateObjectDto, ModifyObjectDto, RemoveObjectDto } from './configuration.dto.js';
import { Submission, type Submitted } from './submission.js';

@PoolkeeperController('v1/commands')
export class ConfigurationController {
  constructor(private readonly submission: Submission) {}

  @CommandRoute('create-object', {
    body: CreateObjectDto,
    example: {
      pool: 'pool-a.contoso.com',
      kind: 'agent-group',
      id: 'first-line',
      name: 'First line',
      properties: { participationPolicy: 'Formal', agentsByUri: ['sip:kim@contoso.com'] },
      tool: 'controlPanel',
    },
  })
  createObject(@Body() body: CreateObjectDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('create-object', body, headers);
  }

  @CommandRoute('modify-object', {
    body: ModifyObjectDto,
    example: {
      pool: 'pool-a.contoso.com',
      kind: 'agent-group',
      id: 'first-line',
      properties: { agentAlertTime: 30 },
      tool: 'managementShell',
    },
  })
  modifyObject(@Body() body: ModifyObjectDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('modify-object', body, headers);
  }

  @CommandRoute('remove-object', {
    body: RemoveObjectDto,
    example: { pool: 'pool-a.contoso.com', kind: 'agent-group', id: 'first-line', tool: 'managementShell' },
  })
  removeObject(@Body() body: RemoveObjectDto, @FromHeaders() headers: HeaderContext): Promise<Submitted> {
    return this.submission.submit('remove-object', body, headers);
  }
}
