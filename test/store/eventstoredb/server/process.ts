import { InProcessServer } from './server.js';

/** The server in a process of its own, for the benchmarks: tells its connection string to who has forked it. */
const server = new InProcessServer();
await server.start();
process.send?.(server.connectionString);
process.once('disconnect', () => process.exit(0));
