import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { shortened } from './answer-recorder.js';

/** The first event of a live feed, with its lists shortened. It comes over a connection only. */
export async function liveExample(application: NestFastifyApplication, path: string): Promise<string> {
  if (!application.getHttpServer().listening) await application.listen(0, '127.0.0.1');
  const response = await fetch(`${await application.getUrl()}${path}`);
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const event = /event: state\nid: \d+\ndata: .*\n\n/.exec(text)?.[0];
    if (event !== undefined)
      return event.replace(/(?<=data: ).*/, (data) => JSON.stringify(shortened(JSON.parse(data))));
  }
  throw new Error(`The feed ended: ${text}`);
}
