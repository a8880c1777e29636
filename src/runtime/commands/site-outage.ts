import type { CommandOf, SiteCommands } from '../../domain/commands.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { few } from '../../../policy/texts/few.js';
import { uuidOf } from '../identifiers.js';
import { Failed, failed, isPassing, Ok, unknown, type AnswerFormat, type Failure } from '../result.js';
import type { AcceptedCommand } from './accepted-command.js';
import type { ExecutionContext } from './execution-context.js';
import type { ExecutionResult } from './executor.js';

interface SiteOutageOptions {
  readonly runner: ProjectionRunner;
  readonly answerFormat: AnswerFormat;
}

interface DeclaredPool {
  readonly pool: string;
  readonly result: Ok<AcceptedCommand>;
}

interface RefusedPool {
  readonly pool: string;
  readonly failure: Failure;
}

/** Declares the outage of one pool. */
type DeclareOutage = (pool: string, run: ExecutionContext) => Promise<ExecutionResult>;

/**
 * Declares the outage of every pool of a site, each in its own pair's stream. A pool that is already out of
 * service, or is just being failed over, is named in `refused` and does not hinder the others.
 */
export async function declareSiteOutage(
  command: CommandOf<SiteCommands>,
  { runner, answerFormat }: SiteOutageOptions,
  run: ExecutionContext,
  declareOutage: DeclareOutage,
): Promise<ExecutionResult> {
  const concerned = poolsConcerned(command, runner, run);
  if (concerned instanceof Failed) return concerned;
  const taken = await run.reserve();
  if (taken !== null) return taken;
  const declared: DeclaredPool[] = [];
  const refused: RefusedPool[] = [];
  for (const pool of concerned) {
    const commandId = commandIdFor(pool, run);
    const result = await declareOutage(pool, {
      ...run,
      commandId,
      idsFrom: commandId,
      recall: async () => null,
      reserve: async () => null,
      note: null,
    });
    if (result instanceof Ok) declared.push({ pool, result });
    else if (result instanceof Failed) refused.push({ pool, failure: result.failure });
  }
  return combined(declared, refused, answerFormat);
}

/** Of the part of the command that concerns one pool. */
export const commandIdFor = (pool: string, { commandId }: Pick<ExecutionContext, 'commandId'>): string =>
  uuidOf(`${commandId} ${pool}`);

/** The pools of the site, one at least; or why there is nothing to declare. */
export function poolsConcerned(
  command: CommandOf<SiteCommands>,
  runner: ProjectionRunner,
  run: Pick<ExecutionContext, 'ifMatch'>,
): readonly string[] | Failed {
  if (run.ifMatch !== null) {
    return failed({
      kind: 'invalid',
      errors: [{ pointer: '', detail: 'the header If-Match does not go with declare-site-outage' }],
      detail: 'If-Match names one stream; a site outage writes one per pair. Leave it out.',
    });
  }
  const { site } = command.body;
  const pools = poolsBySite(runner);
  const concerned = pools.get(site.toLowerCase()) ?? [];
  if (concerned.length === 0) {
    const known = few([...pools.keys()], { word: (name) => name }) || 'none yet';
    return unknown([
      { pointer: '/site', detail: `No pool is in the site "${site}". Known sites: ${known}.` },
    ]);
  }
  return concerned;
}

function poolsBySite(runner: ProjectionRunner): ReadonlyMap<string, readonly string[]> {
  const bySite = new Map<string, string[]>();
  for (const [pairId, { pair }] of runner.state.pairs) {
    for (const { site, fqdn, retired } of pair.state?.pools ?? []) {
      if (site === null || retired !== null || runner.state.pairIdOfPool.get(fqdn) !== pairId) continue;
      const key = site.toLowerCase();
      const known = bySite.get(key);
      if (known === undefined) bySite.set(key, [fqdn]);
      else known.push(fqdn);
    }
  }
  return bySite;
}

/** Nothing is answered for a part of the site where trying again may declare the rest. */
function combined(
  declared: readonly DeclaredPool[],
  refused: readonly RefusedPool[],
  answerFormat: AnswerFormat,
): ExecutionResult {
  const passing = refused.find(({ failure }) => isPassing(failure));
  if (passing !== undefined) return failed(passing.failure);
  const [first] = declared;
  if (first === undefined) {
    const [firstRefused] = refused;
    if (firstRefused === undefined) throw new Error('A site outage without pools cannot be declared.');
    return failed(firstRefused.failure);
  }
  const answers = declared.map(({ result }) => result.value);
  const answer: AcceptedCommand = {
    ...first.result.value,
    position: String(maxOf(answers.map(({ position }) => BigInt(position)))),
    events: answers.flatMap(({ stream, events }) =>
      stream === first.result.value.stream ? events : events.map((event) => ({ ...event, stream })),
    ),
    warnings: answers.flatMap(({ warnings }) => warnings),
    outages: declared.map(({ pool, result: { value } }) => {
      const { stream, revision, position } = value;
      return { pool, stream, revision, position };
    }),
    refused: refused.map(({ pool, failure }) => ({ pool, problem: answerFormat.problem(failure) })),
  };
  return new Ok(answer, first.result.version);
}

const maxOf = (positions: readonly bigint[]): bigint =>
  positions.reduce((max, position) => (position > max ? position : max), 0n);
