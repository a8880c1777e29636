import { All, Param, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { problem, type Reply } from '../../runtime/reply.js';
import { commandNames } from '../../domain/commands.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';

/** Answers a command that does not exist with the list of those that do. */
@ApiExcludeController()
@PoolkeeperController('v1/commands')
export class UnknownCommandController {
  @All(':name')
  answer(@Param('name') name: string, @Req() request: FastifyRequest): Reply {
    return commandNames.some((known) => known === name)
      ? problem(405, 'method-not-allowed', `${name} is given with POST, not ${request.method}.`, {
          allowed: ['POST'],
        })
      : problem(404, 'unknown-command', `There is no command "${name.slice(0, 100)}".`, {
          allowed: [...commandNames],
        });
  }
}
