import { InProcessServer } from './server.js';

/** The server in a separate process, for the benchmarks: sends its connection string to the parent. */
const server = new InProcessServer();
await server.start();
process.send?.(server.connectionString);
process.once('disconnect', () => process.exit(0));
