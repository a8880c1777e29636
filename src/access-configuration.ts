import { Transform } from 'class-transformer';
import { IsIn, IsString, Matches } from 'class-validator';
import type { AccessMode } from './access/modes.js';
import { WholeNumber } from './configuration-numbers.js';

const mapping = /^$|^\s*[^;]*[^;=\s][^;]*=\s*(viewer|operator|auditor|administrator)\s*(;|$)/;
const mappingMessage = '$property must be values and roles such as `Desk=operator;Admins=administrator`';

/** Who is let in: the part of the configuration that docs/access.md speaks of. */
export class AccessConfiguration {
  /** Address to listen on. */
  @IsString()
  @Matches(/^[\w.:%-]+$/, { message: '$property must be an address or the name of a host' })
  HOST: string = '127.0.0.1';

  /**
   * `auto`: open on this machine, and elsewhere it does not start without a way to prove who asks; where one is set,
   * everybody proves it. `required`: everybody proves it everywhere. `off`: everybody may do everything.
   */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsIn(['auto', 'required', 'off'])
  AUTH: AccessMode = 'auto';

  /** File of the API keys, which `poolkeeper key create` writes. */
  @Matches(/^$|\S/, { message: '$property must be the path of a file' })
  API_KEYS_FILE: string = '';

  /** The address that people use, where a proxy or another name leads to the service. */
  @Matches(/^$|^https?:\/\/([\w.-]+|\[[\d:a-f.]+\])(:\d{1,5})?\/?$/i, {
    message: '$property must be an address such as `https://poolkeeper.contoso.com`',
  })
  PUBLIC_URL: string = '';

  /** Other names and addresses by which the service may be asked. */
  @Matches(/^$|^([\w.-]+|\[[\d:a-f.]+\])(\s*,\s*([\w.-]+|\[[\d:a-f.]+\]))*$/i, {
    message: '$property must be names or addresses without ports, with commas in between',
  })
  ALLOWED_HOSTS: string = '';

  /** The identity provider whose bearer tokens are taken; what `iss` of its tokens says. */
  @Matches(/^$|^https?:\/\/[^\s/]\S*$/, {
    message: '$property must be an address such as `https://adfs.contoso.com/adfs`',
  })
  OIDC_ISSUER: string = '';

  /** What the identity provider calls this service; with commas in between where it has several names. */
  @Matches(/^$|\S/, { message: '$property must be names with commas in between' })
  OIDC_AUDIENCE: string = '';

  /** Where the provider's keys are, where it has no discovery document. */
  @Matches(/^$|^(https?:\/\/[^\s/]|file:\/\/\/)\S*$/, {
    message: '$property must be an address that begins with https:// or file:///',
  })
  OIDC_JWKS_URL: string = '';

  /** Claims with the name of the actor: the first that a token has counts. */
  @Matches(/\S/, { message: '$property must be names of claims with commas in between' })
  OIDC_ACTOR_CLAIM: string = 'upn,preferred_username,sub';

  /** Claim whose values lead to a role; `realm_access.roles` is the claim within a claim. */
  @Matches(/\S/, { message: '$property must be the name of a claim' })
  OIDC_ROLE_CLAIM: string = 'roles';

  /** The role for each value of that claim, the first that fits; empty: the values are names of roles. */
  @Matches(mapping, { message: mappingMessage })
  OIDC_ROLES: string = '';

  /** Claim with the pools that somebody may have to do with; empty: all. */
  @Matches(/^$|\S/, { message: '$property must be the name of a claim' })
  OIDC_POOLS_CLAIM: string = '';

  /** What the provider calls the page; empty: nobody signs in with a browser. */
  @Matches(/^$|\S/, { message: '$property must be the id of a client' })
  OIDC_CLIENT_ID: string = '';

  /** The secret of that client; empty for a client without one. Never shown. */
  @Matches(/^$|\S/, { message: '$property must be the secret of a client' })
  OIDC_CLIENT_SECRET: string = '';

  /** What is asked for at the sign-in, with spaces in between. */
  @Matches(/\bopenid\b/, {
    message: '$property must be scopes with spaces in between, with openid among them',
  })
  OIDC_SCOPES: string = 'openid profile';

  /** Minutes without a request after which a session ends. */
  @WholeNumber(1, 1_440)
  SESSION_IDLE_MINUTES: number = 60;

  /** Hours after the sign-in at which a session ends. */
  @WholeNumber(1, 168)
  SESSION_HOURS: number = 12;

  /** Proxies whose headers are believed. */
  @Matches(/^$|^[\da-f.:]+(\/\d{1,3})?(\s*,\s*[\da-f.:]+(\/\d{1,3})?)*$/i, {
    message: '$property must be addresses or networks such as `10.0.0.0/24`, with commas in between',
  })
  TRUSTED_PROXIES: string = '';

  /** Header in which a trusted proxy says whom it has signed in. */
  @Matches(/^$|^[\w-]+$/, { message: '$property must be the name of a header such as `X-Remote-User`' })
  PROXY_USER_HEADER: string = '';

  /** Header in which it says the groups of that one, with commas in between. */
  @Matches(/^$|^[\w-]+$/, { message: '$property must be the name of a header such as `X-Remote-Groups`' })
  PROXY_GROUPS_HEADER: string = '';

  /** The role for each group, the first that fits; `*` for everybody. */
  @Matches(mapping, { message: mappingMessage })
  PROXY_ROLES: string = '';

  /** Requests a second of a client, in the long run; 0 without limit. */
  @WholeNumber(0, 1_000_000)
  RATE_LIMIT: number = 10_000;

  /** Requests that a client may send at once. */
  @WholeNumber(1, 10_000_000)
  RATE_BURST: number = 100_000;

  /** Requests a second of an address that proves nothing; ten times as many at once. */
  @WholeNumber(1, 1_000_000)
  RATE_LIMIT_UNPROVED: number = 20;
}
