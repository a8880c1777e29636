/** Who asks, and what they may do. */
import {
  choice,
  count,
  describedAs,
  integer,
  list,
  named,
  nullable,
  object,
  text,
  type Described,
} from './schema.js';
import { time } from './words.js';

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

const accessEntry = named(
  'AccessEntry',
  object(
    {
      at: time,
      kind: describedAs(
        choice('refused', 'signed-in', 'signed-out', 'key-added', 'key-changed', 'key-removed'),
        'What happened.',
      ),
      client: describedAs(
        text,
        'Whose request it was, such as `key:<id>` or `address:<ip>`; `others`: more clients than are told apart in a minute.',
      ),
      count: describedAs(count, 'How often: repeats within a minute are counted in one entry.'),
    },
    {
      actor: text,
      operation: describedAs(text, 'The id of the operation.'),
      status: integer,
      reason: describedAs(
        text,
        'Such as `no-credentials`, `wrong-key`, `expired-key`, `role`, `foreign-origin`.',
      ),
      detail: text,
    },
  ),
);
export type AccessEntry = Described<typeof accessEntry>;

export const accessLogAnswer = named(
  'AccessLogAnswer',
  object({ entries: describedAs(list(accessEntry), 'The newest first.') }),
  'What happened at the door of this instance.',
);
export type AccessLogAnswer = Described<typeof accessLogAnswer>;
