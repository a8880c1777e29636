import { InvalidAppendError } from '../port.js';

/** Between the name of a deployment and that of a stream; not part of a deployment's name, so that none is the start of another. */
const SEPARATOR = '-';

/** Several deployments share a cluster: each has its streams under its own name, and sees them without it. */
export class Names {
  /** What every stored stream of this deployment starts with. */
  readonly prefix: string;

  constructor(deployment: string) {
    this.prefix = deployment + SEPARATOR;
  }

  stored(stream: string): string {
    return this.prefix + stream;
  }

  /** Null for a stream of somebody else. */
  seen(stored: string): string | null {
    return stored.startsWith(this.prefix) ? stored.slice(this.prefix.length) : null;
  }

  /** Prefixes as the server filters them. An empty list, which lets nothing through, is no filter to the server. */
  filter(streamPrefixes: readonly string[] | undefined): string[] {
    const wanted = streamPrefixes ?? [];
    return wanted.length === 0 ? [this.prefix] : wanted.map((prefix) => this.stored(prefix));
  }
}

/** The server keeps ids as numbers: only this spelling comes back as it was given, and the hash covers the spelling. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws InvalidAppendError */
export function requireUuids(events: readonly { readonly id: string }[]): void {
  for (const { id } of events) {
    if (!UUID.test(id))
      throw new InvalidAppendError(`${JSON.stringify(id)} is no event id: a UUID in lower case.`);
  }
}
