/** The address of a pool's screen. */
export const pathOfPool = (fqdn: string): string => `/pools/${encodeURIComponent(fqdn)}`;
