import { readKeys, type ConnectionKeys } from './connection-keys.js';
import { ConnectionStringError } from './connection-string-error.js';

export { ConnectionStringError };

/** A parsed connection string. The client's own parser is not used: its errors repeat the string with the password. */
export interface ConnectionSettings {
  readonly endpoints: readonly Endpoint[];
  /** Whether the client asks the nodes for the leader: with several hosts, or with the scheme +discover. */
  readonly cluster: boolean;
  /**
   * Whether calls require the leader. A follower would forward appends, but answer reads itself, possibly without the
   * latest events that this process has written.
   */
  readonly requiresLeader: boolean;
  readonly user: Credentials | null;
  readonly keys: ConnectionKeys;
  /** The hosts, for display; contains no secret. */
  readonly hosts: string;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const SHAPE = /^(?:esdb|kurrentdb)(\+discover)?:\/\/(?:([^@/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/;
const HOST = /^([\w.-]+)(?::(\d{1,5}))?$/;
const DEFAULT_PORT = 2113;

/** @throws ConnectionStringError */
export function parseConnectionString(text: string): ConnectionSettings {
  const match = SHAPE.exec(text.trim());
  if (match === null) {
    throw new ConnectionStringError(
      'is none: esdb://[user:password@]host[:port][,…][?key=value], also with the schemes esdb+discover, kurrentdb and kurrentdb+discover; encode :, @, / and ? in user and password',
    );
  }
  const [, discover, userPart, hosts = '', query = ''] = match;
  const endpoints = hosts.split(',').map(endpointOf);
  const keys = readKeys(query);
  const user = userPart === undefined ? null : credentialsOf(userPart);
  if (user === null && keys.tls && keys.userCertFile === undefined) {
    throw new ConnectionStringError(
      'has no user:password@ and no userCertFile, one of which an encrypted connection needs; add it, or tls=false for a server without security',
    );
  }
  const cluster = discover !== undefined || endpoints.length > 1;
  const requiresLeader = cluster && keys.nodePreference === 'leader';
  return { endpoints, cluster, requiresLeader, user, keys, hosts };
}

function endpointOf(host: string): Endpoint {
  const [, address, port = String(DEFAULT_PORT)] = HOST.exec(host) ?? [];
  if (address === undefined || Number(port) > 65_535 || Number(port) === 0) {
    throw new ConnectionStringError('has a host that is none');
  }
  return { address, port: Number(port) };
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
