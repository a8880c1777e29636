/** Its message never repeats the connection string. */
export class ConnectionStringError extends Error {
  constructor(problem: string) {
    super(`The connection string ${problem}.`);
    this.name = 'ConnectionStringError';
  }
}
