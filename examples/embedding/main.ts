/** `npm run embedding`, then http://127.0.0.1:4000/wallboard and http://127.0.0.1:4000/response-groups/v1/pools */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HostModule } from './host.module.js';

const application = await NestFactory.create<NestFastifyApplication>(
  HostModule.withLogIn('./data'),
  new FastifyAdapter(),
  { logger: ['error', 'warn'] },
);
// Poolkeeper stops with the application, after the last request is answered.
application.enableShutdownHooks();
await application.listen(4000, '127.0.0.1');
