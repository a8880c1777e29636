import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Held } from './service.js';

/** The service that is attacked, in a process of its own, so that the attack does not hold its event loop. */
export class Attacked implements AsyncDisposable {
  private constructor(
    private readonly process: ChildProcess,
    private readonly url: string,
  ) {}

  static async over(folder: string): Promise<Attacked> {
    const child = fork(join(import.meta.dirname, 'service.js'), [folder], { stdio: 'inherit' });
    const [url] = (await once(child, 'message')) as [string];
    return new Attacked(child, url);
  }

  /** How long the event loop was held since the last question, and the memory. */
  async held(): Promise<Held> {
    const said = once(this.process, 'message');
    this.process.send('held');
    const [held] = (await said) as [Held];
    return held;
  }

  /** Reads an answer to its end, and resolves to its status; 0 where the connection ends before. */
  async ask(path: string, signal?: AbortSignal): Promise<number> {
    return await new Promise((resolve) => {
      const request = get(`${this.url}${path}`, { agent: false, ...(signal && { signal }) }, (response) => {
        response.resume();
        response.on('error', () => undefined);
        response.on('close', () => resolve(response.statusCode ?? 0));
      });
      request.on('error', () => resolve(0));
    });
  }

  /** Milliseconds until /health/live has answered. */
  async liveness(): Promise<number> {
    const began = performance.now();
    await this.ask('/health/live');
    return performance.now() - began;
  }

  /** Resolves once /health/live has answered quickly several times in a row. */
  async calm(): Promise<void> {
    for (let quick = 0; quick < 10;) {
      quick = (await this.liveness()) < 50 ? quick + 1 : 0;
      await setTimeout(50);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.send('stop');
    await ended;
  }
}
