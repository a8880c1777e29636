import { describe, expect, it } from '@jest/globals';
import { permissionOf, permissions } from '../../src/access/permissions.js';
import { mayDoAs, roles, rolesThatMay } from '../../src/access/roles.js';
import { operations } from '../../src/api/documentation/operations.js';

describe('The table of permissions', () => {
  it('has a line for every operation that is documented, and for the answer to unknown commands', () => {
    expect(Object.keys(permissions).sort()).toEqual([...Object.keys(operations), 'unknown-command'].sort());
  });

  it('has no line for anything else', () => {
    expect(() => permissionOf('no-such-operation')).toThrow(/no line in src\/access\/permissions\.ts/);
    expect(() => permissionOf('constructor')).toThrow(/no line/);
  });

  it('lets nobody in without credentials but for health and the way to sign in', () => {
    const open = Object.entries(permissions).filter(([, { role }]) => role === null);
    expect(open.map(([operation]) => operation)).toEqual([
      'sign-in',
      'sign-in-callback',
      'sign-out',
      'health',
      'healthReadiness',
      'healthLiveness',
    ]);
  });
});

describe('Roles', () => {
  it('include each other: all see views, nobody but an administrator may do everything', () => {
    expect(rolesThatMay('viewer')).toEqual(roles);
    expect(roles.filter((needed) => mayDoAs('operator', needed))).toEqual(['viewer', 'operator']);
    expect(roles.filter((needed) => mayDoAs('auditor', needed))).toEqual(['viewer', 'auditor']);
    expect(roles.filter((needed) => mayDoAs('administrator', needed))).toEqual(roles);
  });
});
