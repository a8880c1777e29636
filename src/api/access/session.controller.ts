import { Get, Header } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { mayDo } from '../../access/judgement.js';
import type { SessionAnswer } from '../../contract/access.js';
import { FromHeaders, type HeaderContext } from '../http/command-context.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

@PoolkeeperController('v1/session')
export class SessionController {
  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'session', summary: 'Who asks, how that is proved, and what they may do' })
  session(@FromHeaders() { principal, actor, onBehalfOf }: HeaderContext): SessionAnswer {
    const { role, pools, provedBy } = principal;
    return {
      actor,
      role,
      pools: pools === null ? null : [...pools].sort(),
      provedBy,
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
      mayDo: [...mayDo(principal)],
    };
  }
}
