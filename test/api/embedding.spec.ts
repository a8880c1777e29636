import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Module, Post, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HostModule } from '../../examples/embedding/host.module.js';
import {
  EVENT_STORE,
  openApiDocument,
  openMemoryStore,
  PoolkeeperModule,
  PoolQueries,
  type PoolkeeperModuleOptions,
} from '../../src/api/index.js';
import { StoreDecorator } from '../../src/store/store-decorator.js';

const pools = ['pool-a.contoso.com', 'pool-b.contoso.com'].map((fqdn) => ({ fqdn, site: 'Berlin' }));
const form = { 'content-type': 'application/x-www-form-urlencoded' };

let folder: string;
let application: NestFastifyApplication | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-embedding-'));
  application = null;
});
afterEach(async () => {
  await application?.close();
  rmSync(folder, { recursive: true });
});

async function hosting(
  module: DynamicModule,
  prepare: (host: NestFastifyApplication) => void = () => undefined,
): Promise<NestFastifyApplication> {
  const host = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
  application = host;
  prepare(host);
  await host.init();
  return host;
}

describe('the example of a host', () => {
  test('serves its own routes, and those of Poolkeeper below a prefix', async () => {
    const host = await hosting(HostModule.withLogIn(folder));
    expect((await host.inject('/wallboard')).json()).toEqual([]);
    const url = '/response-groups/v1/commands/register-pair';
    const registered = await host.inject({ method: 'POST', url, payload: { pools } });
    expect([registered.statusCode, registered.headers['etag']]).toEqual([200, '"0"']);
    expect((await host.inject('/wallboard')).json()).toEqual(
      pools.map(({ fqdn }) => ({ pool: fqdn, critical: expect.any(Number), lastExport: null })),
    );
    const view = await host.inject('/response-groups/v1/pools/pool-a.contoso.com');
    expect(view.json()).toMatchObject({ stage: 'normal' });
    expect((await host.inject('/v1/pools')).statusCode).toBe(404);
    const { body: metrics } = await host.inject('/response-groups/metrics');
    expect(metrics).toContain('poolkeeper_commands_total{command="register-pair",status="200"} 1');
    expect(metrics).not.toContain('wallboard');
  });

  test('closes the log with itself: the next one has what the first recorded', async () => {
    const url = '/response-groups/v1/commands/register-pair';
    const first = await hosting(HostModule.withLogIn(folder));
    await first.inject({ method: 'POST', url, payload: { pools } });
    await first.close();
    const second = await hosting(HostModule.withLogIn(folder));
    expect((await second.inject('/wallboard')).json()).toHaveLength(2);
  });

  test('has the OpenAPI document of the routes of Poolkeeper', async () => {
    const { paths } = openApiDocument(await hosting(HostModule.withLogIn(folder)));
    expect(Object.keys(paths)).toContain('/response-groups/v1/pools/{fqdn}/live');
    expect(Object.keys(paths)).not.toContain('/wallboard');
  });

  test('does not start where the log cannot be opened, and says why', async () => {
    await hosting(HostModule.withLogIn(folder));
    const again = NestFactory.create(HostModule.withLogIn(folder), new FastifyAdapter(), {
      logger: false,
      abortOnError: false,
    });
    await expect(again).rejects.toThrow(/cannot be opened: .* in use/);
  });
});

@Controller('notes')
class NotesController {
  @Post()
  add(@Body() body: unknown): unknown {
    return { noted: body };
  }
}

@Module({ controllers: [NotesController] })
class NotesModule {
  static with(options: PoolkeeperModuleOptions): DynamicModule {
    return { module: NotesModule, imports: [PoolkeeperModule.forRoot(options)] };
  }
}

const inMemory = (): PoolkeeperModuleOptions => ({ store: openMemoryStore({ clock: () => new Date() }) });

describe('beside the routes of a host', () => {
  test('errors of Poolkeeper are problem documents, and those of the host stay as they are', async () => {
    const host = await hosting(NotesModule.with(inMemory()));
    const problems = [
      await host.inject({ method: 'POST', url: '/v1/commands/end-outage', payload: { pool: 'no name' } }),
      await host.inject({
        method: 'POST',
        url: '/v1/commands/end-outage',
        payload: '{',
        headers: { 'content-type': 'application/json' },
      }),
      await host.inject('/v1/pools/pool-z.contoso.com'),
    ];
    expect(problems.map(({ statusCode }) => statusCode)).toEqual([400, 400, 404]);
    for (const { headers } of problems) {
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(headers).toHaveProperty('x-request-id');
    }
    const missing = await host.inject('/nowhere');
    expect(missing.json()).toMatchObject({ statusCode: 404, error: 'Not Found' });
    expect(missing.headers).not.toHaveProperty('x-request-id');
  });

  test('the host takes forms, and Poolkeeper refuses them', async () => {
    const host = await hosting(NotesModule.with(inMemory()));
    const sent = { method: 'POST', headers: form, payload: 'pool=pool-a.contoso.com' } as const;
    expect((await host.inject({ ...sent, url: '/notes' })).json()).toEqual({
      noted: { pool: 'pool-a.contoso.com' },
    });
    const refused = await host.inject({ ...sent, url: '/v1/commands/end-outage' });
    expect(refused.statusCode).toBe(415);
    expect(refused.json()).toMatchObject({ type: 'urn:poolkeeper:problem:unsupported-media-type' });
  });

  test('the limits of bodies are those of the options, for the routes of Poolkeeper only', async () => {
    const host = await hosting(NotesModule.with({ ...inMemory(), maxBodyBytes: 100 }));
    const payload = { reason: 'x'.repeat(200) };
    const statuses = await Promise.all(
      ['/notes', '/v1/commands/end-outage'].map(async (url) => {
        const { statusCode } = await host.inject({ method: 'POST', url, payload });
        return statusCode;
      }),
    );
    expect(statuses).toEqual([201, 413]);
  });

  test('a global prefix of the host holds for Poolkeeper too', async () => {
    const host = await hosting(NotesModule.with(inMemory()), (it) => it.setGlobalPrefix('api'));
    expect((await host.inject('/api/v1/pools')).statusCode).toBe(200);
  });
});

class Given {
  constructor(readonly options: PoolkeeperModuleOptions) {}
}

@Module({
  providers: [{ provide: Given, useFactory: () => new Given(inMemory()) }],
  exports: [Given],
})
class StoresModule {}

test('options can come from another module of the host', async () => {
  const host = await hosting(
    PoolkeeperModule.forRootAsync({
      imports: [StoresModule],
      inject: [Given],
      useFactory: ({ options }: Given) => options,
    }),
  );
  expect((await host.inject('/health')).statusCode).toBe(200);
});

test('without HTTP the services can be used alone', async () => {
  const context = await NestFactory.createApplicationContext(PoolkeeperModule.forRoot(inMemory()), {
    logger: false,
  });
  expect(context.get(PoolQueries, { strict: false })).toBeInstanceOf(PoolQueries);
  await context.close();
});

test('the store is closed once the server has answered its last request', async () => {
  const order: string[] = [];
  class Watched extends StoreDecorator {
    override async close(): Promise<void> {
      order.push('store');
      await super.close();
    }
  }
  const store = new Watched(openMemoryStore({ clock: () => new Date() }));
  const host = await hosting(PoolkeeperModule.forRoot({ store }));
  expect(host.get(EVENT_STORE, { strict: false })).toBe(store);
  await host.listen(0, '127.0.0.1');
  host.getHttpServer().once('close', () => order.push('server'));
  await host.close();
  expect(order).toEqual(['server', 'store']);
});
