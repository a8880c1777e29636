import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { JsonObject } from '../../../events/envelope.js';
import { mustBeDocumented } from './documented.js';
import type { Ask, Headers } from './service.js';
import { textOf } from '../../../examples/generator/text-of.js';

const root = join(import.meta.dirname, '..', '..', '..');
const node = join(root, 'node_modules', '.bin', 'node');
const main = join(root, 'dist', 'src', 'main.js');

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Environment variables beyond the folder. */
type Settings = Readonly<Record<string, string>>;

/** The built service in a process of its own, reached through a socket. */
export class ServiceProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly ending: Promise<Ended>,
    readonly url: string,
  ) {}

  /** Null where it ends without serving. */
  static async start(folder: string, settings: Settings = {}): Promise<ServiceProcess | Ended> {
    const env = { ...process.env, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'info', ...settings };
    const child = spawn(node, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ending = once(child, 'close').then(([code, signal]): Ended => ({
      code: code as number | null,
      signal: signal as string | null,
      stderr,
    }));
    const url = new Promise<string>((found) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const entry = JSON.parse(line) as JsonObject;
        if (entry['msg'] === 'Poolkeeper is serving') found(textOf(entry['url']));
      });
    });
    const first = await Promise.race([url, ending]);
    return typeof first === 'string' ? new ServiceProcess(child, ending, first) : first;
  }

  async kill(): Promise<Ended> {
    this.child.kill('SIGKILL');
    return await this.ending;
  }

  terminate(): void {
    this.child.kill('SIGTERM');
  }

  async ended(): Promise<Ended> {
    return await this.ending;
  }

  /** Null where the service died before it answered. */
  async when(command: Ask, headers: Headers = {}): Promise<{ status: number; text: string } | null> {
    const url = `/v1/commands/${command.name}`;
    const answer = await answerOf(this.url + url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(command.body),
    });
    if (answer !== null) mustBeDocumented({ method: 'POST', url, ...answer });
    return answer;
  }

  async shown(path: string): Promise<JsonObject> {
    const answer = await answerOf(this.url + path, {});
    if (answer === null) throw new Error(`The service died before it answered ${path}.`);
    mustBeDocumented({ method: 'GET', url: path, ...answer });
    return JSON.parse(answer.text) as JsonObject;
  }
}

/** Null where the service died before it answered. */
async function answerOf(url: string, request: RequestInit) {
  try {
    const response = await fetch(url, request);
    const { status, headers } = response;
    return { status, headers: Object.fromEntries(headers), text: await response.text() };
  } catch {
    return null;
  }
}

/** A service that must be serving. */
export async function serving(folder: string, settings: Settings = {}): Promise<ServiceProcess> {
  const started = await ServiceProcess.start(folder, settings);
  if (started instanceof ServiceProcess) return started;
  throw new Error(`The service was to serve, but ended: ${JSON.stringify(started)}`);
}
