const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
};

export default {
  projects: [
    { ...common, testMatch: ['**/*.spec.ts'], setupFiles: ['<rootDir>/jest.setup.js'] },
    {
      ...common,
      displayName: 'EventStoreDB',
      // The acceptance tests once more, on the other store.
      testMatch: ['**/test/http/{statements,contract,bad-input}-*.spec.ts'],
      setupFiles: ['<rootDir>/jest.setup.js', '<rootDir>/jest.setup-eventstoredb.js'],
    },
  ],
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.js'],
  testTimeout: 60_000,
  // Jest would leave one core to itself, and a process that has run many suites is large.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1500MB',
};
