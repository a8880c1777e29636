/** Describes path parameters and request headers; those in queries are described by their DTOs. */
interface DescribedParameter {
  readonly description: string;
  readonly example: string;
}

export const pathParameters: Readonly<Record<string, DescribedParameter>> = {
  fqdn: {
    description: 'The fully qualified name of the pool, in the role of the primary.',
    example: 'pool-a.contoso.com',
  },
  sip: { description: 'The SIP address of the agent.', example: 'sip:kim@contoso.com' },
  fileName: {
    description:
      'The name of the file, or its path: of a path the last part is the name, and lines of PowerShell have it whole.',
    example: 'pool-a-2026-11-24.zip',
  },
  name: { description: 'The name of the projection.', example: 'call-status' },
  id: { description: 'The id of what is asked for.', example: 'call-1' },
};

export const requestHeaders: Readonly<Record<string, DescribedParameter>> = {
  'If-None-Match': {
    description: 'The entity tag of an answer that the reader has: 304 where it is still the same.',
    example: '"12"',
  },
  'X-Correlation-Id': {
    description: 'The conversation that the events belong to; the id of the request where absent.',
    example: 'incident-4711',
  },
};
