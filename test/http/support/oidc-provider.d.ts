/** As much of oidc-provider as the tests use: its own types bring those of a whole web framework. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Account {
    readonly accountId: string;
    readonly claims: () => Readonly<Record<string, unknown>>;
  }

  export interface ProviderOptions {
    readonly findAccount: (context: unknown, id: string) => Account;
    readonly [option: string]: unknown;
  }

  export class Provider {
    constructor(issuer: string, options: ProviderOptions);
    callback(): (request: IncomingMessage, response: ServerResponse) => unknown;
  }
}
