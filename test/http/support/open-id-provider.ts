/** A certified implementation of OpenID Connect as the identity provider, in this process. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

export const audience = 'https://poolkeeper.contoso.com';
export const clientSecret = 'a-secret-that-only-the-service-knows';

export class OpenIdProvider {
  private constructor(
    private readonly server: Server,
    private readonly speakAgain: () => void,
    readonly issuer: string,
  ) {}

  /** @param redirects addresses of the service to which people come back */
  static async start(redirects: readonly string[] = []): Promise<OpenIdProvider> {
    // It warns of what is meant for tests alone.
    const hushed = (['warn', 'info'] as const).map((word) =>
      jest.spyOn(console, word).mockImplementation(() => undefined),
    );
    let answer: (request: IncomingMessage, response: ServerResponse) => unknown = () => undefined;
    const server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const provider = new Provider(issuer, {
      jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'one', use: 'sig', alg: 'RS256' }] },
      cookies: { keys: ['only for this test'] },
      clients: [
        {
          client_id: 'script',
          client_secret: clientSecret,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
        },
        {
          client_id: 'page',
          client_secret: clientSecret,
          grant_types: ['authorization_code'],
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: redirects.length === 0 ? [`${audience}/v1/session/callback`] : [...redirects],
          response_types: ['code'],
        },
      ],
      claims: { openid: ['sub', 'roles'], profile: ['preferred_username'] },
      conformIdTokenClaims: false,
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ sub: id, preferred_username: `${id}@contoso.com`, roles: ['operator'] }),
      }),
      extraTokenClaims: () => ({ roles: ['operator'] }),
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => audience,
          getResourceServerInfo: () => ({
            scope: 'api',
            audience,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
    });
    answer = provider.callback();
    return new OpenIdProvider(server, () => hushed.forEach((spy) => spy.mockRestore()), issuer);
  }

  /** An access token for a script. */
  async token(): Promise<string> {
    const answer = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`script:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience, scope: 'api' }),
    });
    const { access_token: token, ...rest } = (await answer.json()) as Readonly<Record<string, unknown>>;
    if (typeof token !== 'string') throw new Error(JSON.stringify(rest));
    return token;
  }

  async stop(): Promise<void> {
    this.speakAgain();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
