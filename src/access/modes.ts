/** Who is let in, as it is configured. */
import { isLoopbackHost } from './hosts.js';

export type AccessMode = 'auto' | 'required' | 'off';

export interface AccessSettings {
  readonly AUTH: AccessMode;
  readonly HOST: string;
  readonly API_KEYS_FILE: string;
  readonly OIDC_ISSUER: string;
  readonly PROXY_USER_HEADER: string;
}

/** Whether anybody can prove who they are. */
const canBeProved = ({ API_KEYS_FILE, OIDC_ISSUER, PROXY_USER_HEADER }: AccessSettings): boolean =>
  [API_KEYS_FILE, OIDC_ISSUER, PROXY_USER_HEADER].some((way) => way !== '');

const waysOn =
  'Make a key with: node dist/src/cli/main.js key create --file data/api-keys --role administrator --actor <your name>; then set API_KEYS_FILE=data/api-keys. Or set OIDC_ISSUER to an identity provider; docs/access.md shows how. Or set AUTH=off to let everybody who reaches the service do everything.';

/** Why the service must not start as it is configured, with what to do about it; null where it may. */
export function refusalToStart(settings: AccessSettings): string | null {
  const { AUTH, HOST } = settings;
  if (AUTH === 'off' || canBeProved(settings)) return null;
  if (AUTH === 'required') {
    return `AUTH is required, and there is no way to prove who asks. ${waysOn}`;
  }
  return isLoopbackHost(HOST)
    ? null
    : `HOST is ${HOST}, so that other machines reach the service, and there is no way to prove who asks. ${waysOn}`;
}
