import type { Authenticator, Credentials, Proof } from '../authenticator.js';
import type { KeyEntry } from './key.js';
import type { KeyRing } from './key-ring.js';

/** `Authorization: Bearer pk_…`. Other bearer tokens are for others to judge. */
const bearer = /^Bearer +(pk_\S*) *$/i;

const unknown = {
  reason: 'wrong-key',
  detail:
    'The key is not one of this service, or not whole. An administrator makes another one with "poolkeeper key create".',
} as const;

/** Proves by API keys who asks. */
export class KeyAuthenticator implements Authenticator {
  readonly challenge = 'Bearer';

  constructor(private readonly ring: KeyRing) {}

  prove({ headers }: Credentials): Proof {
    const [, key] = bearer.exec(headers.authorization ?? '') ?? [];
    if (key === undefined) return null;
    const found = this.ring.find(key);
    if (found === null) return unknown;
    const { entry, state } = found;
    const client = `key:${entry.id}`;
    if (state !== 'valid') {
      const detail = `The key "${entry.id}" ${state === 'revoked' ? 'was revoked' : 'has expired'}. An administrator makes another one with "poolkeeper key create".`;
      return { reason: `${state}-key`, detail, client };
    }
    return { actor: entry.actor, role: entry.role, pools: poolsOf(entry), provedBy: 'key', client };
  }
}

const scopes = new WeakMap<readonly string[], ReadonlySet<string>>();

function poolsOf({ pools }: KeyEntry): ReadonlySet<string> | null {
  if (pools === undefined) return null;
  const known = scopes.get(pools) ?? new Set(pools);
  scopes.set(pools, known);
  return known;
}
