import { describe, expect, test } from '@jest/globals';
import { poolkeeperModules } from '../../src/api/poolkeeper.module.js';

/** What Nest has on record of a class under a key. */
function recorded(key: string, of: object): readonly unknown[] {
  const values: unknown = Reflect.getMetadata(key, of);
  return Array.isArray(values) ? (values as readonly unknown[]) : [];
}

const controllers = poolkeeperModules
  .flatMap((module) => recorded('controllers', module))
  .filter((controller) => typeof controller === 'function');

describe('a controller', () => {
  test('is in one of the six modules', () => {
    expect(poolkeeperModules.map(({ name }) => name)).toEqual([
      'CommandsModule',
      'QueriesModule',
      'ExportsModule',
      'PolicyModule',
      'OperationsModule',
      'AccessModule',
    ]);
    expect(controllers.length).toBeGreaterThan(20);
  });

  test.each(controllers.map((controller) => ({ name: controller.name, controller })))(
    '$name takes no more than the one service that it uses',
    ({ controller }) => {
      expect(recorded('design:paramtypes', controller).length).toBeLessThanOrEqual(1);
      // None is injected by a token: all of Poolkeeper together has no class, and only a token.
      expect(recorded('self:paramtypes', controller)).toEqual([]);
    },
  );
});
