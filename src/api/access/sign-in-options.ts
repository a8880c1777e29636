import type { AccessLog } from '../../access/access-log.js';
import { isLoopbackHost } from '../../access/hosts.js';
import { CodeFlow } from '../../access/oidc/code-flow.js';
import type { OidcSettings } from '../../access/oidc/oidc-settings.js';
import { cookieNames } from '../../access/sessions/cookies.js';
import { SessionAuthenticator } from '../../access/sessions/session-authenticator.js';
import { SessionStore } from '../../access/sessions/session-store.js';
import type { Configuration } from '../../configuration.js';
import { SignIn } from './sign-in.js';

export interface BrowserAccess {
  readonly signIn: SignIn;
  readonly authenticator: SessionAuthenticator;
}

/**
 * The sign-in of people with a browser; null where it is not set.
 * @throws Error with a sentence that names the setting
 */
export function browserAccessOf(
  configuration: Configuration,
  oidc: OidcSettings | null,
  log: AccessLog,
): BrowserAccess | null {
  const {
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: secret,
    PUBLIC_URL,
    TLS_CERT_FILE,
    HOST,
  } = configuration;
  if (clientId === '') return null;
  if (oidc === null) {
    throw new Error(
      'OIDC_CLIENT_ID is set and OIDC_ISSUER is not: there is nobody who could sign people in.',
    );
  }
  const isSecure = PUBLIC_URL === '' ? TLS_CERT_FILE !== '' : /^https:/i.test(PUBLIC_URL);
  // Behind a proxy people come from elsewhere, wherever the service listens.
  const isOnThisMachine =
    PUBLIC_URL === ''
      ? isLoopbackHost(HOST) && configuration.TRUSTED_PROXIES === ''
      : isLoopbackHost(new URL(PUBLIC_URL).host);
  if (!isSecure && !isOnThisMachine) {
    throw new Error(
      'OIDC_CLIENT_ID is set, and people reach the service without encryption: whoever listens would have their sessions. Set TLS_CERT_FILE, or PUBLIC_URL to the https address of the proxy in front.',
    );
  }
  const sessions = new SessionStore({
    idle: configuration.SESSION_IDLE_MINUTES * 60_000,
    whole: configuration.SESSION_HOURS * 3_600_000,
  });
  const flow = new CodeFlow({
    issuer: oidc.issuer,
    clientId,
    clientSecret: secret === '' ? null : secret,
    scopes: configuration.OIDC_SCOPES,
  });
  return {
    signIn: new SignIn({
      flow,
      rules: oidc,
      sessions,
      log,
      isSecure,
      publicUrl: PUBLIC_URL === '' ? null : PUBLIC_URL.replace(/\/$/, ''),
    }),
    authenticator: new SessionAuthenticator(sessions, cookieNames(isSecure).session),
  };
}
