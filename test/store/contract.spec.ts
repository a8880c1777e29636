import { describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { appendChecks } from './contract/append.js';
import { hashChainChecks } from './contract/hash-chain.js';
import { idempotentWriteChecks } from './contract/idempotent-writes.js';
import { logChecks } from './contract/log.js';
import { movingChecks } from './contract/moving.js';
import { readChecks } from './contract/read.js';
import { subscriptionChecks } from './contract/subscriptions.js';
import { openMemoryFixture, openSqliteFixture, openThreadedFixture } from './support/fixtures.js';
import { checks, notRun, type StoreFixture, type Limitations } from './support/checks.js';
import {
  inProcessLimitations,
  namedServerLimitations,
  openInProcessFixture,
  openNamedServerFixture,
} from './support/eventstoredb-fixtures.js';

/** The numbers of the conformance list that concern the port. */
const NUMBERS = [...Array.from({ length: 53 }, (_, n) => n + 1), 65, 67, 86, 87];

interface Store {
  readonly name: string;
  readonly open: () => Promise<StoreFixture>;
  readonly limitations?: Limitations;
}

const stores: readonly Store[] = [
  { name: 'memory', open: openMemoryFixture },
  { name: 'SQLite', open: openSqliteFixture },
  { name: 'SQLite with a writer thread', open: openThreadedFixture },
  {
    name: 'EventStoreDB, a server in this process,',
    open: openInProcessFixture,
    limitations: inProcessLimitations,
  },
];

function contract({ name, open, limitations }: Store): void {
  describe(`the event store: ${name}`, () => {
    const { check, numbers } = checks(open, limitations);
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
}

stores.forEach(contract);

const url = process.env['EVENT_STORE_TEST_URL'] ?? '';
if (url === '') {
  notRun('EventStoreDB, a server of its own', 'EVENT_STORE_TEST_URL names none');
} else {
  contract({
    name: 'EventStoreDB, the server of EVENT_STORE_TEST_URL,',
    open: openNamedServerFixture(url),
    limitations: namedServerLimitations,
  });
}
if (!existsSync('/var/run/docker.sock')) {
  notRun('EventStoreDB, a server in a container', 'no Docker engine here');
} else {
  notRun(
    'EventStoreDB, a server in a container',
    'start one (docs/decisions/eventstoredb.md) and name it in EVENT_STORE_TEST_URL',
  );
}
