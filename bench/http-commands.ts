import { unlimited } from './built-service.js';
import { clientsOf, CommandService } from './command-service.js';
import { interleaved, type Row } from './report.js';
import { inFolder } from './sample-log.js';

const requests = 20_000;
const rounds = 5;

/** Durable commands through HTTP, as the service is started by default, beside a bare POST route that stores nothing. */
export async function httpCommands(): Promise<readonly Row[]> {
  return await inFolder(async (folder) => {
    const environment = { DATA_DIR: folder, PORT: '0', ...unlimited };
    const service = await CommandService.start('src/main.js', environment);
    const bare = await CommandService.start('bench/bare-server.js', {});
    try {
      await service.configure();
      // Both servers are compiled by what they serve: nobody is measured cold.
      await service.arrivals(requests);
      await bare.arrivals(requests);
      const measured = await interleaved(rounds, {
        ours: () => service.arrivals(requests),
        bare: () => bare.arrivals(requests),
      });
      return [
        {
          what: `durable commands/s through HTTP, ${clientsOf}`,
          ours: measured.ours,
          baseline: measured.bare,
          against: 'a bare Nest/Fastify POST route',
          goal: 0.5,
        },
      ];
    } finally {
      service.stop();
      bare.stop();
    }
  });
}
