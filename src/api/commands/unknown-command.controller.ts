import { All, Param, Req } from '@nestjs/common';
import { ApiExcludeController, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { commandNames } from '../../domain/command-summaries.js';
import { ProblemError } from '../http/errors.js';
import type { HttpReply } from '../http/http-reply.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { problem } from '../http/problems.js';
import { cutTo } from '../../../policy/texts/cut.js';

/** @throws ProblemError */
function notAllowed(name: string, method: string): never {
  const detail = `${name} is given with POST, not ${method}.`;
  throw new ProblemError(problem(405, 'method-not-allowed', { detail, allowed: ['POST'] }), {
    allow: 'OPTIONS, POST',
  });
}

/** Answers a command that does not exist with the list of those that do. */
@ApiExcludeController()
@PoolkeeperController('v1/commands')
export class UnknownCommandController {
  @All(':name')
  @ApiOperation({ operationId: 'unknown-command' })
  answer(@Param('name') name: string, @Req() request: FastifyRequest): HttpReply {
    return commandNames.some((known) => known === name)
      ? notAllowed(name, request.method)
      : problem(404, 'unknown-command', {
          detail: `There is no command "${cutTo(name, 100)}".`,
          allowed: [...commandNames],
        });
  }
}
