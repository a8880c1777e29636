import { ConnectionStringError } from './connection-string-error.js';

/** The query part of a connection string. Times are in milliseconds, `gossipTimeout` in seconds. */
export interface ConnectionKeys {
  readonly tls: boolean;
  /** Path of a PEM file with the authorities to trust instead of the system's. */
  readonly tlsCAFile?: string;
  /** Paths of PEM files with the user's certificate and its private key. */
  readonly userCertFile?: string;
  readonly userKeyFile?: string;
  readonly connectionName?: string;
  readonly nodePreference: NodePreference;
  readonly defaultDeadline?: number;
  readonly keepAliveInterval?: number;
  readonly keepAliveTimeout?: number;
  readonly maxDiscoverAttempts?: number;
  readonly discoveryInterval?: number;
  readonly gossipTimeout?: number;
}

const NODE_PREFERENCES = ['leader', 'follower', 'random', 'read_only_replica'] as const;
type NodePreference = (typeof NODE_PREFERENCES)[number];

type Reader = (name: string, value: string) => string | number | boolean;

const text: Reader = (name, value) => {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new ConnectionStringError(`gives ${name} a value that is not percent-encoded`);
  }
};

const truth: Reader = (name, value) => {
  if (value !== 'true' && value !== 'false') {
    throw new ConnectionStringError(`gives ${name} a value other than true and false`);
  }
  return value === 'true';
};

const from =
  (least: number): Reader =>
  (name, value) => {
    if (!/^-?\d{1,9}$/.test(value) || Number(value) < least) {
      throw new ConnectionStringError(`gives ${name} no whole number from ${least}`);
    }
    return Number(value);
  };

const nodePreference: Reader = (name, value) => {
  const preference = NODE_PREFERENCES.find((known) => flat(known) === flat(value));
  if (preference === undefined) {
    throw new ConnectionStringError(`gives ${name} none of ${NODE_PREFERENCES.join(', ')}`);
  }
  return preference;
};

const READERS: Readonly<Record<keyof ConnectionKeys, Reader>> = {
  tls: truth,
  tlsCAFile: text,
  userCertFile: text,
  userKeyFile: text,
  connectionName: text,
  nodePreference,
  defaultDeadline: from(1),
  // -1 switches it off.
  keepAliveInterval: from(-1),
  keepAliveTimeout: from(-1),
  maxDiscoverAttempts: from(1),
  discoveryInterval: from(0),
  gossipTimeout: from(1),
};

/** Keys of the client that must not be used, with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  tlsverifycert: 'has no effect in the client; name the authority with tlsCAFile instead',
  throwonappendfailure: 'would hide conflicts: the client then answers a made-up revision',
};

/** Keys are compared without case, `_` and `-`, as in the client. */
const flat = (key: string): string => key.trim().toLowerCase().replace(/[_-]/g, '');

/** @throws ConnectionStringError */
export function readKeys(query: string): ConnectionKeys {
  const given: Record<string, string | number | boolean> = {};
  for (const member of query === '' ? [] : query.split('&')) {
    const [key = '', ...rest] = member.split('=');
    const value = rest.join('=').trim();
    const refusal = REFUSED[flat(key)];
    if (refusal !== undefined) throw new ConnectionStringError(`sets ${key}, which ${refusal}`);
    const known = Object.entries(READERS).find(([name]) => flat(name) === flat(key));
    if (known === undefined) throw new ConnectionStringError('has a key that the client does not know');
    const [name, read] = known;
    if (value === '') throw new ConnectionStringError(`gives ${name} no value`);
    given[name] = read(name, value);
  }
  const keys: ConnectionKeys = { tls: true, nodePreference: 'leader', ...given };
  requireFitting(keys);
  return keys;
}

function requireFitting(keys: ConnectionKeys): void {
  if ((keys.userCertFile === undefined) !== (keys.userKeyFile === undefined)) {
    throw new ConnectionStringError('needs userCertFile and userKeyFile together');
  }
  for (const file of ['tlsCAFile', 'userCertFile'] as const) {
    if (!keys.tls && keys[file] !== undefined) {
      throw new ConnectionStringError(`names a ${file}, but switches encryption off with tls=false`);
    }
  }
}
