/** The mark in the configuration that Fastify keeps of a route: the id of its operation. */
export interface Mark {
  readonly poolkeeper: string;
}

/** The id of the operation of a route of Poolkeeper; null for other routes. */
export const operationOf = (config: object | undefined): string | null =>
  config !== undefined && 'poolkeeper' in config ? String(config.poolkeeper) : null;
