import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { textOf } from '../../examples/generator/text-of.js';

/** The server to measure with, as both sides are given it. */
export interface BenchServer {
  readonly connectionString: string;
  /** For people. */
  readonly name: string;
}

/** The one that EVENT_STORE_TEST_URL names, else the tests' server in another process, because it must not share our event loop. */
export async function withServer<Result>(work: (server: BenchServer) => Promise<Result>): Promise<Result> {
  const named = process.env['EVENT_STORE_TEST_URL'] ?? '';
  if (named !== '') return await work({ connectionString: named, name: 'named server' });
  const child = fork(new URL('../../test/store/eventstoredb/server/process.js', import.meta.url), {
    execArgv: [],
  });
  try {
    const connectionString = await new Promise<string>((resolve, reject) => {
      child.once('message', (said) => resolve(textOf(said)));
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`The server ended with status ${code}.`)));
    });
    return await work({ connectionString, name: "tests' server" });
  } finally {
    child.kill();
  }
}

/** Every measurement writes new streams, so earlier ones do not matter. */
export const newDeployment = (): string => `bench${randomUUID().replaceAll('-', '')}`;
