/** What the process ends with; scripts rely on it. */
export const exitCodes = {
  done: 0,
  other: 1,
  usage: 2,
  invalid: 3,
  unknown: 4,
  refused: 5,
  precondition: 6,
  away: 7,
  warnings: 8,
  critical: 9,
  denied: 10,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodesHelp = `
Exit codes:
  0  done
  1  something else went wrong; verify: the log is not whole, or a view not what it makes; play: something was not as the file expects
  2  the command line makes no sense
  3  the service finds the request not valid (400, 422)
  4  it speaks of something unknown (404)
  5  refused by a rule (409)
  6  the stream is not at the revision of --if-match (412)
  7  the service is away, or cannot answer now (429, 503)
  8  readiness: something would be lost or go wrong
  9  readiness: a failover would not restore service
  10 the service does not know who asks, or that one may not (401, 403)`;

const byStatus: Readonly<Record<number, ExitCode>> = {
  400: exitCodes.invalid,
  422: exitCodes.invalid,
  401: exitCodes.denied,
  403: exitCodes.denied,
  404: exitCodes.unknown,
  409: exitCodes.refused,
  412: exitCodes.precondition,
  429: exitCodes.away,
  503: exitCodes.away,
};

export const exitCodeOf = (status: number): ExitCode =>
  status < 400 ? exitCodes.done : (byStatus[status] ?? exitCodes.other);

/** Ends the run with a sentence for people. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = exitCodes.other,
  ) {
    super(message);
    this.name = 'CliError';
  }
}
