/** A built service in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** As many requests as a client likes, and each of them counted: what limits cost is part of what is measured. */
export const unlimited = { RATE_LIMIT: '1000000', RATE_BURST: '10000000' } as const;

export interface BuiltService {
  readonly child: ChildProcess;
  readonly url: URL;
}

/**
 * Starts a script of `dist`, as `src/main.js`; its log is dropped once it has named its address.
 * @throws Error where it ends before it serves
 */
export async function startBuilt(
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<BuiltService> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', script)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url === undefined) continue;
    lines.close();
    child.stdout.resume();
    return { child, url: new URL(url) };
  }
  throw new Error(`${script} ended before it served.`);
}
