import type { ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { startBuilt } from './built-service.js';
import { load } from './http-load.js';

const clients = 64;
/** Until the log is sealed where that is done each second, in milliseconds. */
const afterwards = 1_500;

/** A service in another process that is asked for the same command again and again, each time of another call. */
export class CommandService {
  private sent = 0;

  private constructor(
    private readonly process: ChildProcess,
    private readonly port: number,
    /** The key that its requests carry; null for none. */
    private readonly key: string | null,
  ) {}

  /**
   * @param script of `dist`
   * @throws Error where it ends before it serves
   */
  static async start(
    script: string,
    environment: Readonly<Record<string, string>>,
    key: string | null = null,
  ): Promise<CommandService> {
    const { child, url } = await startBuilt(script, environment);
    return new CommandService(child, Number(url.port), key);
  }

  /** Gives it the pair and the workflow that calls come for. */
  async configure(): Promise<void> {
    const pools = [{ fqdn: 'pool-a.contoso.com' }, { fqdn: 'pool-b.contoso.com' }];
    const properties = { primaryUri: 'sip:helpdesk@contoso.com' };
    const workflow = {
      pool: 'pool-a.contoso.com',
      kind: 'workflow',
      id: 'help-desk',
      name: 'Help Desk',
      properties,
    };
    await this.give('register-pair', { pools });
    await this.give('create-object', { ...workflow, tool: 'managementShell' });
  }

  /** Answers how many calls a second it records. */
  async arrivals(count: number): Promise<number> {
    const before = (this.sent += count);
    return await load(this.port, clients, count, (n) => ({
      path: '/v1/commands/report-call-arrived',
      body: JSON.stringify({
        callId: `call-${before + n}`,
        pool: 'pool-a.contoso.com',
        responseGroup: 'help-desk',
      }),
      key: this.key,
    }));
  }

  /**
   * Answers how many calls it records for each second of the processor, with what it does of them afterwards: neither what
   * else runs on the machine nor the disk counts.
   */
  async arrivalsByWork(count: number): Promise<number> {
    const before = await this.work();
    await this.arrivals(count);
    await setTimeout(afterwards);
    return count / ((await this.work()) - before);
  }

  /** Seconds of the processor that it has had. */
  private async work(): Promise<number> {
    const headers = this.key === null ? {} : { authorization: `Bearer ${this.key}` };
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`, { headers })).text();
    return Number(/^process_cpu_seconds_total (.*)$/m.exec(text)?.[1]);
  }

  stop(): void {
    this.process.kill();
  }

  private async give(command: string, body: object): Promise<void> {
    const request = { path: `/v1/commands/${command}`, body: JSON.stringify(body), key: this.key };
    await load(this.port, 1, 1, () => request);
  }
}

export const clientsOf = `${clients} clients`;
