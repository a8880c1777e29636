import { describe, expect, test } from '@jest/globals';
import { appendChecks } from './contract/append.js';
import { hashChainChecks } from './contract/hash-chain.js';
import { idempotentWriteChecks } from './contract/idempotent-writes.js';
import { logChecks } from './contract/log.js';
import { movingChecks } from './contract/moving.js';
import { readChecks } from './contract/read.js';
import { subscriptionChecks } from './contract/subscriptions.js';
import { openMemoryBench, openSqliteBench, openThreadedBench } from './support/benches.js';
import { checks } from './support/checks.js';

/** The numbers of the conformance list that concern the port. */
const NUMBERS = [...Array.from({ length: 53 }, (_, n) => n + 1), 65, 67, 86, 87];

describe.each([
  ['memory', openMemoryBench],
  ['SQLite', openSqliteBench],
  ['SQLite with a writer thread', openThreadedBench],
])('the %s event store', (_name, open) => {
  const { check, numbers } = checks(open);
  appendChecks(check);
  idempotentWriteChecks(check);
  readChecks(check);
  logChecks(check);
  subscriptionChecks(check);
  hashChainChecks(check);
  movingChecks(check);

  test('passes a check under every number of the list', () => {
    expect([...numbers].sort((a, b) => a - b)).toEqual(NUMBERS);
  });
});
