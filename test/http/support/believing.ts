import type { Authenticator } from '../../../src/access/authenticator.js';
import { isRole } from '../../../src/access/roles.js';
import type { Headers } from './service.js';

/** Believes a header: `viewer`, or `viewer of pool-a.contoso.com,pool-b.contoso.com`. */
export const believing: Authenticator = {
  challenge: 'Bearer',
  prove: ({ headers }) => {
    const [role, pools] = String(headers['x-test'] ?? '').split(' of ');
    if (headers['x-test'] === 'nobody') return { reason: 'wrong-key', detail: 'That proves nothing.' };
    return isRole(role)
      ? {
          actor: `test ${role}`,
          role,
          pools: pools === undefined ? null : new Set(pools.split(',')),
          provedBy: 'key',
          client: `key:${role}`,
        }
      : null;
  },
};

export const as = (who: string): Headers => ({ 'x-test': who });
