import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApplication } from '../../../src/api/application.js';
import type { AccessOptions } from '../../../src/api/services/options.js';
import {
  createPoolkeeper,
  type Poolkeeper,
  type PoolkeeperOptions,
} from '../../../src/runtime/poolkeeper.js';
import type { EventStore } from '../../../src/store/port.js';
import type { JsonObject } from '../../../events/envelope.js';
import { mustBeDocumented } from './documented.js';
import { freshMedium, type MediumKind } from './mediums.js';
import { answerFormat } from '../../../src/api/http/to-reply.js';

/** A command as it goes over the wire. */
export interface Ask {
  readonly name: string;
  readonly body: JsonObject;
}

export type Headers = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The parsed body; empty where the answer holds no JSON. */
  readonly body: JsonObject;
  readonly text: string;
}

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Headers;
  readonly payload?: string | Buffer;
}

export interface ServiceOptions extends Partial<PoolkeeperOptions> {
  readonly maxBodyBytes?: number;
  readonly maxExportBytes?: number;
  /** How the service knows who asks; open where absent. */
  readonly access?: AccessOptions;
  /** What it runs on where neither a store is given nor the whole run names one. */
  readonly usually?: MediumKind;
}

/** The whole service in this process, asked over HTTP without a socket. */
export class Service {
  private constructor(
    readonly poolkeeper: Poolkeeper,
    private readonly application: NestFastifyApplication,
    private readonly release: () => void,
  ) {}

  /** On the store that is given, or on one of its own as the run chooses it. */
  static async start(options: ServiceOptions = {}): Promise<Service> {
    if (options.store !== undefined) return await Service.on(options.store, options);
    const medium = await freshMedium(options.usually);
    return await Service.on(await medium.open(options.clock), options, () => medium.release());
  }

  private static async on(
    store: EventStore,
    { maxBodyBytes = 1_048_576, maxExportBytes = 67_108_864, access = {}, ...options }: ServiceOptions,
    release: () => void = () => undefined,
  ): Promise<Service> {
    // Minutes, so that a slow machine does not turn a wait for a position into a 503.
    const poolkeeper = createPoolkeeper({ minPositionPatience: 300_000, ...options, answerFormat, store });
    await poolkeeper.start();
    const log = pino({ level: 'silent' });
    const application = await createApplication(poolkeeper, { log, maxBodyBytes, maxExportBytes, access });
    await application.getHttpAdapter().getInstance().ready();
    return new Service(poolkeeper, application, release);
  }

  /** Resolves when the views show all that is in the log now, and the service knows that they do. */
  async caughtUp(): Promise<void> {
    const { store, runner } = this.poolkeeper;
    // Views of snapshots may be as new as the log before that is known.
    while (!runner.hasCaughtUp && runner.failure === null) await pause(2);
    const last = await store.lastPosition();
    if (last !== null && !(await runner.reached(last, 300_000)))
      throw new Error(`The views did not reach position ${last}.`);
  }

  /** Listens on a free port as well, for what only a connection shows. */
  async listen(): Promise<URL> {
    await this.application.listen(0, '127.0.0.1');
    return new URL(await this.application.getUrl());
  }

  /** How many connections are open. */
  async connections(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.application.getHttpServer().getConnections((_error: unknown, open: number) => resolve(open));
    return await promise;
  }

  async stop(): Promise<void> {
    await this.application.close();
    await this.poolkeeper.stop();
    this.release();
  }

  async send({ method, url, headers = {}, payload }: Request): Promise<Answer> {
    const response = await this.application
      .getHttpAdapter()
      .getInstance()
      .inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    mustBeDocumented({
      method,
      url,
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
    });
    const isJson = /[/+]json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      headers: response.headers,
      body: isJson && response.body !== '' ? response.json<JsonObject>() : {},
      text: response.body,
    };
  }

  /** Each command must be accepted. */
  async given(...commands: readonly Ask[]): Promise<void> {
    for (const command of commands) {
      const answer = await this.when(command);
      if (answer.status !== 200) {
        throw new Error(`${command.name} was to be accepted, but: ${answer.status} ${answer.text}`);
      }
    }
  }

  async when({ name, body }: Ask, headers: Headers = {}): Promise<Answer> {
    return await this.send({
      method: 'POST',
      url: `/v1/commands/${name}`,
      headers: { 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(body),
    });
  }

  async get(url: string, headers: Headers = {}): Promise<Answer> {
    return await this.send({ method: 'GET', url, headers });
  }

  /** The body of a view, which must be there. */
  async shown(url: string): Promise<JsonObject> {
    const answer = await this.get(url);
    if (answer.status !== 200)
      throw new Error(`GET ${url} was to answer, but: ${answer.status} ${answer.text}`);
    return answer.body;
  }
}
