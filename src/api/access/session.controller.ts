import { Get, Header } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { mayDo } from '../../access/judgement.js';
import type { Principal } from '../../access/principal.js';
import type { SessionAnswer } from '../../contract/access.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { AskedBy } from './principal-of.js';

@PoolkeeperController('v1/session')
export class SessionController {
  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'session', summary: 'Who asks, how that is proved, and what they may do' })
  session(@AskedBy() principal: Principal): SessionAnswer {
    const { actor, role, pools, provedBy, onBehalfOf } = principal;
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
