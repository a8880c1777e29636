import { InvalidAppendError } from '../port.js';

/** Separates the names of deployment and stream. No deployment name contains it, so none is a prefix of another. */
const SEPARATOR = '-';

/** Several deployments can share a cluster: the server's names of streams begin with the name of the deployment. */
export class StreamNames {
  /** The beginning of every stream name of this deployment on the server. */
  readonly prefix: string;

  constructor(deployment: string) {
    this.prefix = deployment + SEPARATOR;
  }

  stored(stream: string): string {
    return this.prefix + stream;
  }

  /** The port's name of a stream; null for a stream of another deployment. */
  seen(stored: string): string | null {
    return stored.startsWith(this.prefix) ? stored.slice(this.prefix.length) : null;
  }

  /** Prefixes for the server's filter. The server would treat an empty list as no filter at all. */
  filter(streamPrefixes: readonly string[] | undefined): string[] {
    const wanted = streamPrefixes ?? [];
    return wanted.length === 0 ? [this.prefix] : wanted.map((prefix) => this.stored(prefix));
  }
}

/** The server stores ids as numbers and returns them in this spelling, which the hash covers. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws InvalidAppendError */
export function requireUuids(events: readonly { readonly id: string }[]): void {
  for (const { id } of events) {
    if (!UUID.test(id))
      throw new InvalidAppendError(`${JSON.stringify(id)} is no event id: a UUID in lower case.`);
  }
}
