import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ProblemFilter } from './http/problem.filter.js';

/** The service by itself: also what has no route is answered with a problem document. */
@Module({ providers: [{ provide: APP_FILTER, useClass: ProblemFilter }] })
export class ServiceModule {
  static around(...imports: readonly DynamicModule[]): DynamicModule {
    return { module: ServiceModule, imports: [...imports] };
  }
}
