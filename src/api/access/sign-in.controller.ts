import { Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { returnPathOf } from '../../access/sessions/return-path.js';
import { noSignIn } from '../http/access-problems.js';
import { InvalidRequestError } from '../http/errors.js';
import { PoolkeeperController } from '../http/poolkeeper-controller.js';
import { SignInService } from './sign-in-service.js';

export class SignInQueryDto {
  @ApiPropertyOptional({ description: 'A path of this service to come back to.', example: '/' })
  @IsOptional()
  @IsString()
  returnTo?: string;
}

/** For browsers; scripts send a key or a token. */
@PoolkeeperController('v1/session')
export class SignInController {
  constructor(private readonly service: SignInService) {}

  @Get('sign-in')
  @ApiOperation({ operationId: 'sign-in', summary: 'Leads a browser to the identity provider' })
  async begin(
    @Query() { returnTo = '/' }: SignInQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const path = returnPathOf(returnTo);
    if (path === null) {
      const detail = 'returnTo must be a path of this service that begins with one slash, such as /docs.';
      throw new InvalidRequestError([{ pointer: '/returnTo', detail }]);
    }
    await this.opened().begin(request, reply, path);
  }

  @Get('callback')
  @ApiOperation({
    operationId: 'sign-in-callback',
    summary: 'Where the identity provider leads a browser back to',
  })
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.opened().finish(request, reply);
  }

  @Post('sign-out')
  @ApiOperation({ operationId: 'sign-out', summary: 'Ends the session of this browser' })
  end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.opened().end(request, reply);
  }

  private opened(): NonNullable<SignInService['signIn']> {
    const { signIn } = this.service;
    if (signIn === null) throw noSignIn();
    return signIn;
  }
}
