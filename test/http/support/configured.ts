/** The whole service in this process as settings make it, with what it logs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createServer } from '../../../src/api/application.js';
import { PoolkeeperModule } from '../../../src/api/poolkeeper.module.js';
import { readConfiguration } from '../../../src/configuration.js';
import type { JsonObject } from '../../../events/envelope.js';
import { mustBeDocumented } from './documented.js';
import type { Answer, Request } from './service.js';

export interface From extends Request {
  /** Of the other end of the connection; this machine where absent. */
  readonly from?: string;
}

export class ConfiguredService {
  private constructor(
    private readonly application: NestFastifyApplication,
    private readonly lines: readonly string[],
    /** Its DATA_DIR. */
    readonly folder: string,
  ) {}

  static async start(environment: Readonly<Record<string, string>>): Promise<ConfiguredService> {
    const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-configured-'));
    const configuration = readConfiguration({ DATA_DIR: folder, ...environment });
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const module = PoolkeeperModule.forRoot({ configuration, ownsServer: true });
    const application = await createServer([module], { log, maxBodyBytes: configuration.MAX_BODY_BYTES });
    try {
      await application.init();
      application.flushLogs();
      await application.getHttpAdapter().getInstance().ready();
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
    return new ConfiguredService(application, lines, folder);
  }

  /** All that it has logged. */
  get said(): string {
    return this.lines.join('');
  }

  async send({ method, url, headers = {}, payload, from }: From): Promise<Answer> {
    const response = await this.application
      .getHttpAdapter()
      .getInstance()
      .inject({
        method,
        url,
        headers,
        ...(payload === undefined ? {} : { payload }),
        ...(from === undefined ? {} : { remoteAddress: from }),
      });
    const { statusCode: status, body: text } = response;
    mustBeDocumented({ method, url, status, headers: response.headers, text });
    const isJson = /[/+]json/.test(String(response.headers['content-type'])) && text !== '';
    return { status, headers: response.headers, body: isJson ? response.json<JsonObject>() : {}, text };
  }

  async get(url: string, headers: Request['headers'] = {}, from?: string): Promise<Answer> {
    return await this.send({ method: 'GET', url, headers, ...(from === undefined ? {} : { from }) });
  }

  /** Listens as well, for what only a browser shows. */
  async listen(port = 0): Promise<URL> {
    await this.application.listen(port, '127.0.0.1');
    return new URL(await this.application.getUrl());
  }

  async stop(): Promise<void> {
    await this.application.close();
    rmSync(this.folder, { recursive: true });
  }
}
