/** What HTTP itself costs: one POST route of Nest on Fastify that stores nothing. Prints its port. */
import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

@Controller('v1/commands')
class BareController {
  @Post('report-call-arrived')
  @HttpCode(200)
  answer(@Body() body: { readonly callId: string }): object {
    return { callId: body.callId, status: 'in-progress' };
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const application = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), {
  logger: false,
});
await application.listen(0, '127.0.0.1');
console.log(JSON.stringify({ url: await application.getUrl() }));
