/** The preview of an outage of a site: pool by pool, each decided on what the ones before have changed. */
import { pairStream } from '../../../../events/streams.js';
import { united, type StageEffect } from '../../../../projections/effects/effects.js';
import type { PreviewAnswer } from '../../../contract/preview.js';
import type { CommandOf, SiteCommands } from '../../../domain/commands.js';
import type { Accepted, Refused } from '../../../domain/decision.js';
import { decidePair } from '../../../domain/pair/decide.js';
import type { StoredEvent } from '../../../store/port.js';
import { decode } from '../../decode.js';
import type { ProjectionRunner } from '../../projections/projection-runner.js';
import { Failed, mistake, Ok, type Result } from '../../result.js';
import { reportedBy, type ExecutionContext } from '../execution-context.js';
import { enveloped } from '../executor.js';
import { commandIdFor, poolsConcerned } from '../site-outage.js';
import { imaginedEvents } from './imagined-events.js';
import type { ImaginedPair } from './imagined-pair.js';
import { eventsShown, outcomeOf, previewOf } from './preview-outcome.js';

interface OnePool {
  readonly pool: string;
  readonly pair: ImaginedPair;
  readonly decision: Accepted | Refused;
  readonly events: readonly StoredEvent[];
}

/** @param imagined the pair of a pool as it stands */
export function previewSiteOutage(
  command: CommandOf<SiteCommands>,
  runner: ProjectionRunner,
  run: ExecutionContext,
  imagined: (pool: string) => ImaginedPair | Failed,
): Result<PreviewAnswer> {
  const concerned = poolsConcerned(command, runner, run);
  if (concerned instanceof Failed) return concerned;
  const pairs = new Map<string, ImaginedPair>();
  const all: OnePool[] = [];
  for (const pool of concerned) {
    const pairId = runner.state.pairIdOfPool.get(pool) ?? '';
    const pair = pairs.get(pairId) ?? imagined(pool);
    if (pair instanceof Failed) return pair;
    pairs.set(pairId, pair);
    const one = onePool(command, pool, pairId, pair, run, runner.state.position + BigInt(all.length));
    if (one instanceof Failed) return one;
    all.push(one);
  }
  return new Ok(combined(all));
}

function onePool(
  { body: { site, ...rest } }: CommandOf<SiteCommands>,
  pool: string,
  pairId: string,
  pair: ImaginedPair,
  run: ExecutionContext,
  position: bigint,
): OnePool | Failed {
  if (pair.pair === null) throw new Error(`The pair of ${pool} is in the directory but not in the log.`);
  const commandId = commandIdFor(pool, run);
  const declaration = { name: 'declare-outage', body: { ...rest, pool, site } } as const;
  const decision = decidePair(pair.pair, declaration, commandId, reportedBy(run));
  if (decision.outcome === 'invalid' || decision.outcome === 'unknown') return mistake(decision);
  if (decision.outcome === 'refused') return { pool, pair, decision, events: [] };
  const envelopes = enveloped(decision, { ...run, commandId, idsFrom: commandId });
  const events = imaginedEvents(envelopes, pairStream(pairId), null, position, run.at);
  for (const event of events) pair.apply(decode(event));
  return { pool, pair, decision, events };
}

/** As the command answers: accepted where one pool's outage is declared. */
function combined(all: readonly OnePool[]): PreviewAnswer {
  const first = all.find(({ decision }) => decision.outcome === 'accepted') ?? all[0];
  if (first === undefined) throw new Error('A site outage without pools cannot be declared.');
  const pairs = Map.groupBy(all, ({ pair }) => pair);
  const effects = united([...pairs].map(([pair, pools]) => pair.effectsOn(pools[0]?.pool ?? '')));
  const stored = all.flatMap((one) => one.events);
  const events = eventsShown(stored, stored[0]?.stream ?? '');
  const isOne = all.length === 1;
  return {
    ...previewOf(first.decision, events, effects),
    ...(isOne ? {} : { effects: withoutStage(effects) }),
    warnings: all.flatMap(({ decision }) => (decision.outcome === 'accepted' ? [...decision.warnings] : [])),
    pools: all.map(({ pool, pair, decision }) => ({
      pool,
      ...outcomeOf(decision),
      ...stagePart(pair.stageOf(pool)),
    })),
  };
}

const withoutStage = ({ stage: _, ...effects }: PreviewAnswer['effects']): PreviewAnswer['effects'] =>
  effects;

const stagePart = (stage: StageEffect | null): { readonly stage?: StageEffect } =>
  stage === null ? {} : { stage };
