// Tests know what clocks show: those of every worker and every process that a test starts are in UTC.
process.env.TZ = 'UTC';

const common = {
  rootDir: import.meta.dirname,
  testEnvironment: '<rootDir>/test/support/environment.js',
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
};

// What never reaches the store, or nothing else than appends to streams that other files of the list append to as well:
// the other store could make no difference to it.
const alikeOnEveryStore = [
  'bad-input-requests', // refused before anything is read or written
  'contract-connection', // about sockets and bodies that are too large
  'contract-documentation', // about the OpenAPI document
  // Facts of the policy; of the six files the one about calls in progress stands for the way through a store.
  'statements-agent-console',
  'statements-configuration',
  'statements-connected-calls',
  'statements-new-calls',
  'statements-on-behalf-calls',
];

export default {
  projects: [
    {
      ...common,
      displayName: 'Poolkeeper',
      testMatch: ['**/*.spec.ts'],
      setupFiles: ['<rootDir>/jest.setup.js'],
    },
    {
      ...common,
      displayName: 'EventStoreDB',
      // The acceptance tests once more, on the other store: positions with gaps, answers that come late, and events that
      // another connection brings concern moments, positions, revisions, streams, idempotency and live feeds.
      testMatch: ['**/test/http/{statements,contract,bad-input}-*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', `/(${alikeOnEveryStore.join('|')})\\.spec\\.ts$`],
      setupFiles: ['<rootDir>/jest.setup.js', '<rootDir>/jest.setup-eventstoredb.js'],
    },
  ],
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.js'],
  // Ten minutes, which ends a test that hangs; one that waits on a slow machine is not to fail.
  testTimeout: 600_000,
  // Jest would leave one core to itself.
  maxWorkers: '100%',
  // A process keeps about 35 MB of every suite that loads the service, and then collects garbage for most of its time:
  // one that begins afresh costs less. Of 732 tests over HTTP, 148 CPU seconds with 1500 MB, 105 with 500, 93 with 250.
  workerIdleMemoryLimit: '250MB',
};
