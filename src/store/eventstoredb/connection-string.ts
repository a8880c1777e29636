/** What a connection string says, without the client's own parser: its errors repeat the string, password and all. */
export interface ConnectionSettings {
  /** As the client takes it: it knows only the schemes `esdb` and `esdb+discover`. */
  readonly connectionString: string;
  readonly credentials: Credentials;
  /** The hosts, for people; holds no secret. */
  readonly hosts: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Its message never repeats the connection string. */
export class ConnectionStringError extends Error {
  constructor(problem: string) {
    super(`The connection string ${problem}.`);
    this.name = 'ConnectionStringError';
  }
}

const SHAPE = /^(?:esdb|kurrentdb)(\+discover)?:\/\/(?:([^@/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/;
const HOST = /^[\w.-]+(?::\d{1,5})?$/;

const KNOWN_KEYS = new Set([
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
  'connectionname',
  'defaultdeadline',
  'keepaliveinterval',
  'keepalivetimeout',
  'nodepreference',
  'maxdiscoverattempts',
  'discoveryinterval',
  'gossiptimeout',
]);

/** Keys that the client knows and that must not be used, with the reason. */
const REFUSED_KEYS: Readonly<Record<string, string>> = {
  tlsverifycert: 'has no effect in the client; name the authority with tlsCAFile instead',
  throwonappendfailure: 'would hide conflicts: the client then answers a made-up revision',
};

/**
 * Never sent: the client leaves credentials out where TLS is off. That an append has any makes the client take its
 * classic way to append, which keeps failures of one call to itself (docs/decisions/eventstoredb.md).
 */
const NEVER_SENT: Credentials = { username: 'insecure', password: 'insecure' };

/** @throws ConnectionStringError */
export function parseConnectionString(text: string): ConnectionSettings {
  const match = SHAPE.exec(text.trim());
  if (match === null) {
    throw new ConnectionStringError(
      'is none: esdb://[user:password@]host[:port][,…][?key=value], also with the schemes esdb+discover, kurrentdb and kurrentdb+discover; encode :, @, / and ? in user and password',
    );
  }
  const [, discover = '', user, hosts = '', query = ''] = match;
  for (const host of hosts.split(',')) {
    if (!HOST.test(host)) throw new ConnectionStringError('has a host that is none');
  }
  const keys = checkedKeys(query);
  const given = user === undefined ? null : credentialsOf(user);
  if (given === null && keys.get('tls') !== 'false') {
    throw new ConnectionStringError(
      'has no user:password@, which an encrypted connection needs; add them, or tls=false for a server without security',
    );
  }
  const userPart = user === undefined ? '' : `${user}@`;
  const queryPart = query === '' ? '' : `?${query}`;
  return {
    connectionString: `esdb${discover}://${userPart}${hosts}${queryPart}`,
    credentials: given ?? NEVER_SENT,
    hosts,
  };
}

function checkedKeys(query: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const member of query === '' ? [] : query.split('&')) {
    const [key = '', value = ''] = member.split('=');
    const flat = key.toLowerCase().replace(/[_-]/g, '');
    const refusal = REFUSED_KEYS[flat];
    if (refusal !== undefined) throw new ConnectionStringError(`sets ${key}, which ${refusal}`);
    if (!KNOWN_KEYS.has(flat)) throw new ConnectionStringError('has a key that the client does not know');
    if (value === '') throw new ConnectionStringError(`gives ${key} no value`);
    keys.set(flat, value.trim());
  }
  return keys;
}

function credentialsOf(user: string): Credentials {
  const [username = '', password = '', ...more] = user.split(':');
  if (username === '' || password === '' || more.length > 0) {
    throw new ConnectionStringError(
      'names a user without a password, or has a colon too many; encode it as %3A',
    );
  }
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    throw new ConnectionStringError('has a user or a password that is not percent-encoded');
  }
}
