/** An identity provider over HTTP: its discovery document, its keys, and tokens with its habits. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
} from 'jose';

export class IdentityProvider {
  /** Requests for its documents. */
  asked = 0;
  isAway = false;
  private readonly published: JWK[] = [];
  private readonly keys = new Map<string, CryptoKey>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<IdentityProvider> {
    const server = createServer((request, response) => {
      provider.asked += 1;
      if (provider.isAway) response.writeHead(503).end();
      else response.setHeader('content-type', 'application/json').end(provider.documentAt(request.url ?? ''));
    });
    const provider = new IdentityProvider(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    await provider.addKey('first');
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/adfs`;
  }

  /** As AD FS names the issuer of access tokens: another name, and never https. */
  readonly tokenIssuer = 'http://adfs.contoso.com/adfs/services/trust';

  get jwks(): string {
    return JSON.stringify({ keys: this.published });
  }

  async addKey(kid: string, isPublished = true): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    this.keys.set(kid, privateKey);
    if (isPublished) this.published.push({ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' });
  }

  /** A token as AD FS makes them: `upn`, one role as a text, the name of the account, no `sub`. */
  async token(claims: object = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const usual = {
      aud: 'microsoft:identityserver:poolkeeper',
      iss: this.tokenIssuer,
      iat: now,
      exp: now + 3_600,
      apptype: 'Confidential',
      upn: 'ada@contoso.com',
      winaccountname: 'CONTOSO\\ada',
      role: 'Poolkeeper Desk',
    };
    const protectedHeader = { alg: 'RS256', typ: 'JWT', kid: 'first', x5t: 'first', ...header };
    const key = this.keys.get(protectedHeader.kid);
    if (key === undefined) throw new Error(`There is no key ${protectedHeader.kid}.`);
    return await new SignJWT({ ...usual, ...claims }).setProtectedHeader(protectedHeader).sign(key);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private documentAt(url: string): string {
    return url === '/adfs/.well-known/openid-configuration'
      ? JSON.stringify({
          issuer: this.issuer,
          access_token_issuer: this.tokenIssuer,
          jwks_uri: `${this.issuer}/discovery/keys`,
        })
      : this.jwks;
  }
}
