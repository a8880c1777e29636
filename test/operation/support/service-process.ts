/** The built service as a process of its own: `npm test` builds before it tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const main = resolve('dist/src/main.js');

export interface Ended {
  readonly status: number | null;
  readonly said: string;
}

export interface StartOptions {
  readonly folder: string;
  /** No file may grow beyond this many KiB: the disk is full then. */
  readonly largestFile?: number;
  /** Further variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

const running = new Set<ChildProcess>();

/** After a test that has failed there may be some. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

export class ServiceProcess {
  readonly ended: Promise<Ended>;
  private said = '';
  private url = '';

  private constructor(private readonly child: ChildProcess) {
    running.add(child);
    child.on('exit', () => running.delete(child));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => (this.said += text.toString()));
    }
    this.ended = new Promise((done) => child.on('close', (status) => done({ status, said: this.said })));
  }

  /** Does not wait for anything. */
  static begin({ folder, largestFile, environment = {} }: StartOptions): ServiceProcess {
    const limit = largestFile === undefined ? '' : `ulimit -f ${largestFile}; `;
    // The shell is replaced, so that signals reach the service.
    const command = `${limit}exec "$0" "$1"`;
    const env = { ...process.env, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'info', ...environment };
    return new ServiceProcess(
      spawn('bash', ['-c', command, process.execPath, main], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  /** Waits until it serves. */
  static async start(options: StartOptions): Promise<ServiceProcess> {
    const service = ServiceProcess.begin(options);
    service.url = await service.serving();
    return service;
  }

  /** Resolves with the address; rejects where it ends before it has one. */
  serving(): Promise<string> {
    return new Promise((done, fail) => {
      const look = (): void => {
        const url = /"url":"([^"]+)"/.exec(this.said)?.[1];
        if (url !== undefined) done(url);
      };
      look();
      this.child.stdout?.on('data', look);
      void this.ended.then(({ said }) => fail(new Error(`The service has ended: ${said}`)));
    });
  }

  async get(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
    return await this.fetched(path, {});
  }

  async post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
    const headers = { 'content-type': 'application/json' };
    return await this.fetched(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array<ArrayBuffer>,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    return await this.fetched(path, { method, headers, body });
  }

  private async fetched(
    path: string,
    request: RequestInit,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(new URL(path, this.url), request);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Whatever it makes of it. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Sent as often as given, to a service whose log nobody reads any more. */
  async stopUnheard(signals: readonly NodeJS.Signals[]): Promise<Ended> {
    this.child.stdout?.destroy();
    for (const signal of signals) this.child.kill(signal);
    return await this.ended;
  }

  async stop(): Promise<Ended> {
    this.child.kill('SIGTERM');
    return await this.ended;
  }
}

/** A start that must fail. */
export async function refusedStart(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const service = ServiceProcess.begin({ folder, environment });
  // One that serves after all is stopped, and its words tell.
  await service.serving().then(
    () => service.stop(),
    () => undefined,
  );
  return await service.ended;
}
