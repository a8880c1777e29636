/** Words of access that answers hold. */

/** What somebody may do: an operator and an auditor see all views, an administrator may do everything. */
export const roles = ['viewer', 'operator', 'auditor', 'administrator'] as const;

/**
 * How it is known who asks. `nothing`: the service is open, and believes what X-Actor says. `key`: an API key. `token`:
 * a bearer token of an identity provider. `session`: the page, signed in. `proxy`: a trusted proxy that signs people in.
 */
export const proofs = ['nothing', 'key', 'token', 'session', 'proxy'] as const;
