/** Who asks, and what they may do. */
import { choice, describedAs, list, named, nullable, object, text, type Described } from './schema.js';

/** What somebody may do: an operator and an auditor see all views, an administrator may do everything. */
export const roles = ['viewer', 'operator', 'auditor', 'administrator'] as const;

/**
 * How it is known who asks. `nothing`: the service is open, and believes what X-Actor says. `key`: an API key. `token`:
 * a bearer token of an identity provider. `session`: the page, signed in. `proxy`: a trusted proxy that signs people in.
 */
export const proofs = ['nothing', 'key', 'token', 'session', 'proxy'] as const;

export const sessionAnswer = named(
  'SessionAnswer',
  object(
    {
      actor: describedAs(text, 'The name that events carry.'),
      role: choice(...roles),
      pools: describedAs(nullable(list(text)), 'The pools that one may have to do with; null: all.'),
      provedBy: describedAs(
        choice(...proofs),
        '`nothing`: the service is open, and X-Actor names the actor.',
      ),
      mayDo: describedAs(list(text), 'The ids of the operations that role and scope allow.'),
    },
    { onBehalfOf: describedAs(text, 'For whom the actor acts, as a trusted proxy says.') },
  ),
  'Who asks, and what that one may do.',
);
export type SessionAnswer = Described<typeof sessionAnswer>;
