import { Module } from '@nestjs/common';
import { PolicyController } from './policy.controller.js';

/** The documents as data: needs no service. */
@Module({ controllers: [PolicyController] })
export class PolicyModule {}
