/** The step that starts what is stopped in a pool that is up otherwise, and what services make of the other steps. */
import { services } from '../../events/vocabulary.js';
import { centralManagementFirst, siteLinkIsDown, stoppedOn } from '../../facts/services.js';
import { standInTroubles } from '../../facts/stand-in-services.js';
import { startServiceCmdlets } from '../../policy/cmdlets.js';
import { windowsServiceOf, wordsOf, onFrontEnds } from '../../policy/services.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import { recording } from './record.js';
import { record, run, step, type Describe } from './step.js';

export const startServices: Describe = ({ pool }) => {
  const stopped = services.filter(
    (service) => windowsServiceOf(service) !== null && stoppedOn(pool, service) !== null,
  );
  const started = services.flatMap((service) => {
    const facts = pool.services?.[service];
    return windowsServiceOf(service) !== null && facts?.state === 'running' ? [facts.reported] : [];
  });
  return step({
    needed: stopped.length + started.length > 0,
    done: stopped.length === 0 && started.length > 0,
    events: started,
    actions: stopped.flatMap((service) => [
      ...run(startServiceCmdlets(windowsServiceOf(service) ?? '')),
      ...record(recording('report-service', { pool: pool.fqdn, service, state: 'running' })),
    ]),
    note:
      stopped.length === 0
        ? null
        : stopped
            .map(
              (service) =>
                `The ${wordsOf(service)} (${windowsServiceOf(service) ?? ''}) is on record as stopped ${onFrontEnds(stoppedOn(pool, service) ?? 'all')}.`,
            )
            .join(' '),
  });
};

/** What is on record of the Central Management store; null where nothing is that changes what is to be done. */
export function centralManagementNote({ pair, pool }: ReadinessContext): {
  readonly note: string;
  readonly isDown: boolean;
} | null {
  const first = centralManagementFirst(pair, pool);
  if (first === null) return null;
  const { on, isDown } = first;
  const note = `By the last report it is on ${on}${isDown ? ', and down' : ''}: it has to be ${on === pool.fqdn ? 'failed over' : 'brought up'} first.`;
  return { note, isDown };
}

/** What is on record against the pool that is to stand in. */
export const standInNotes = ({ pair, pool }: ReadinessContext): readonly string[] =>
  standInTroubles(pair, pool).map(({ detail, wayOn }) => `${detail} ${wayOn}`);

export const siteLinkNote = ({ pair, pool }: ReadinessContext): readonly string[] =>
  siteLinkIsDown(pair)
    ? [
        `The network between the sites is on record as down: ${pool.fqdn} may be up, and only out of sight. Look at it from its own site first.`,
      ]
    : [];
