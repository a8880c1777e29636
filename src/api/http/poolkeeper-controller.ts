import { applyDecorators, Controller, UseFilters, UsePipes } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Mark } from './operation-of.js';
import { RequestPipe } from './body.pipe.js';
import { ProblemFilter } from './problem.filter.js';

/**
 * A controller of Poolkeeper. Its validation and its problem documents belong to its own routes: an application that
 * imports the module keeps its pipes and filters for the others.
 */
export const PoolkeeperController = (path: string): ClassDecorator =>
  applyDecorators(Controller(path), UsePipes(RequestPipe), UseFilters(ProblemFilter), markRoutes);

const markRoutes: ClassDecorator = ({ prototype }) => {
  const target: unknown = prototype;
  if (typeof target !== 'object' || target === null) return;
  for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(target))) {
    if (name === 'constructor') continue;
    const mark: Mark = { poolkeeper: operationIdOf(method.value) };
    RouteConfig(mark)(target, name, method);
  }
};

/** As its `ApiOperation` says, which stands below the decorator of the controller; empty where it has none. */
function operationIdOf(method: unknown): string {
  if (typeof method !== 'function') return '';
  const operation: unknown = Reflect.getMetadata('swagger/apiOperation', method);
  return typeof operation === 'object' && operation !== null && 'operationId' in operation
    ? String(operation.operationId)
    : '';
}

export const isMarked = (config: object | undefined): boolean =>
  config !== undefined && 'poolkeeper' in config;

/** Whether a request is for a route of Poolkeeper, and not for another of the application or for none at all. */
export const isForPoolkeeper = ({ routeOptions }: FastifyRequest): boolean => isMarked(routeOptions.config);
