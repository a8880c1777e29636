import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import type { CommandOf, SiteCommands } from '../../domain/commands.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { uuidOf } from '../identifiers.js';
import { problem, Reply, unknownProblem } from '../reply.js';
import type { ExecutionContext } from './execution-context.js';

/** A pool of the site, and how to declare its outage. */
type DeclareOutage = (pool: string, run: ExecutionContext) => Promise<Reply>;

/**
 * Declares the outage of every pool of a site, each in its own pair's stream. A pool that is already out of
 * service, or is just being failed over, is named in `refused` and does not hinder the others.
 */
export async function declareSiteOutage(
  command: CommandOf<SiteCommands>,
  runner: ProjectionRunner,
  run: ExecutionContext,
  declareOutage: DeclareOutage,
): Promise<Reply> {
  if (run.ifMatch !== null) {
    return problem(
      400,
      'invalid',
      'If-Match names one stream; a site outage writes one per pair. Leave it out.',
      {
        errors: [{ pointer: '', detail: 'the header If-Match does not go with declare-site-outage' }],
      },
    );
  }
  const { site } = command.body;
  const pools = poolsBySite(runner);
  const concerned = pools.get(site.toLowerCase()) ?? [];
  if (concerned.length === 0) {
    const known = [...pools.keys()].join(', ') || 'none yet';
    return unknownProblem([
      { pointer: '/site', detail: `No pool is in the site "${site}". Known sites: ${known}.` },
    ]);
  }
  const taken = await run.reserve();
  if (taken !== null) return taken;
  const replies: { readonly pool: string; readonly reply: Reply }[] = [];
  for (const pool of concerned) {
    const commandId = uuidOf(`${run.commandId} ${pool}`);
    const reply = await declareOutage(pool, { ...run, commandId, reserve: async () => null });
    replies.push({ pool, reply });
  }
  return combined(replies);
}

function poolsBySite(runner: ProjectionRunner): ReadonlyMap<string, readonly string[]> {
  const bySite = new Map<string, string[]>();
  for (const { pair } of runner.state.pairs.values()) {
    for (const { site, fqdn } of pair.state?.pools ?? []) {
      if (site === null) continue;
      const key = site.toLowerCase();
      bySite.set(key, [...(bySite.get(key) ?? []), fqdn]);
    }
  }
  return bySite;
}

function combined(replies: readonly { readonly pool: string; readonly reply: Reply }[]): Reply {
  const done = replies.filter(({ reply }) => reply.status === 200);
  const refused = replies.filter(({ reply }) => reply.status !== 200);
  const unavailable = refused.find(({ reply }) => reply.status >= 500);
  const first = done[0];
  const firstRefused = refused[0];
  if (unavailable !== undefined) return unavailable.reply;
  if (first === undefined) {
    if (firstRefused === undefined) throw new Error('A site outage without pools cannot be declared.');
    return firstRefused.reply;
  }
  const listOf = (member: string): JsonValue[] => done.flatMap(({ reply }) => arrayOf(reply.body[member]));
  return new Reply(
    200,
    {
      ...first.reply.body,
      position: String(maxOf(done.map(({ reply }) => BigInt(String(reply.body['position']))))),
      events: listOf('events'),
      warnings: listOf('warnings'),
      outages: done.map(({ pool, reply }): JsonObject => {
        const { stream, revision, position } = reply.body;
        return { pool, stream, revision, position };
      }),
      refused: refused.map(({ pool, reply }): JsonObject => ({ pool, problem: reply.body })),
    },
    first.reply.etag,
  );
}

const arrayOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];

const maxOf = (positions: readonly bigint[]): bigint =>
  positions.reduce((max, position) => (position > max ? position : max), 0n);
