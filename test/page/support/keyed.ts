/** A service that knows four people by their API keys, one of each role. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { changeKeys } from '../../../src/access/keys/key-file.js';
import { digestOf, newKey } from '../../../src/access/keys/key.js';
import { roles, type Role } from '../../../src/access/roles.js';
import { ConfiguredService } from '../../http/support/configured.js';
import type { Ask } from '../../http/support/service.js';

export interface KeyedService {
  readonly service: ConfiguredService;
  readonly origin: string;
  readonly keys: Readonly<Record<Role, string>>;
  /** Each command must be accepted. */
  readonly given: (...commands: readonly Ask[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const actorOf = (role: Role): string => `Kim the ${role}`;

export async function keyedService(
  environment: Readonly<Record<string, string>> = {},
): Promise<KeyedService> {
  const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-keys-'));
  const file = join(folder, 'api-keys');
  const keys = Object.fromEntries(roles.map((role) => [role, newKey(role)])) as Record<Role, string>;
  await changeKeys(file, () =>
    roles.map((role) => ({
      id: role,
      sha256: digestOf(keys[role]).toString('hex'),
      role,
      actor: actorOf(role),
    })),
  );
  const service = await ConfiguredService.start({ API_KEYS_FILE: file, RATE_LIMIT: '0', ...environment });
  const { origin } = await service.listen();
  return {
    service,
    origin,
    keys,
    given: async (...commands) => {
      for (const { name, body } of commands) {
        const answer = await service.send({
          method: 'POST',
          url: `/v1/commands/${name}`,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${keys.administrator}` },
          payload: JSON.stringify(body),
        });
        if (answer.status !== 200) throw new Error(`${name}: ${answer.text}`);
      }
    },
    stop: async () => {
      await service.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Types a key where the page asks for one. */
export async function enterKey(page: Page, key: string): Promise<void> {
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Sign in with the key' }).click();
}
