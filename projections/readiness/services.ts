/** Services of the pool, of its partner, and the network between them, that are on record as stopped. */
import { centralManagementFirst, siteLinkIsDown, stoppedOn } from '../../facts/services.js';
import { standInTroubles } from '../../facts/stand-in-services.js';
import { centralManagementFailover, startServiceCmdlets } from '../../policy/cmdlets.js';
import { windowsServiceOf } from '../../policy/services.js';
import { isDown } from '../../policy/stages.js';
import { finding, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

const recordIt = (fqdn: string, service: string): string =>
  `Once it runs, record that: report-service for ${fqdn}, service ${service}, state running.`;

/** While a pool is down as a whole, its parts say nothing more. */
export function servicesStopped(context: ReadinessContext): readonly Finding[] {
  return [
    ...(isDown(context.pool.stage) ? [] : [...responseGroupService(context), ...frontEnds(context)]),
    ...centralManagement(context),
    ...fileShare(context),
    ...siteLink(context),
  ];
}

function responseGroupService({ pool: { services, fqdn } }: ReadinessContext): readonly Finding[] {
  const stopped = stoppedOn({ services }, 'response-group');
  if (stopped === null) return [];
  return [
    finding(stopped === 'all' ? 'response-group-service-stopped' : 'response-group-service-in-part', {
      detail: `The Response Group service (RTCRGS) of ${fqdn} is on record as stopped on ${stopped} Front End servers.`,
      action: `Start it again before anything is failed over. ${recordIt(fqdn, 'response-group')}`,
      powershell: startServiceCmdlets('RTCRGS'),
    }),
  ];
}

function frontEnds({ pool: { services, fqdn } }: ReadinessContext): readonly Finding[] {
  if (stoppedOn({ services }, 'front-end') !== 'all') return [];
  return [
    finding('front-ends-stopped', {
      detail: `The Front End service (RTCSRV) of ${fqdn} is on record as stopped on all Front End servers.`,
      action: `Start it again, or record declare-outage for ${fqdn}. ${recordIt(fqdn, 'front-end')}`,
      powershell: startServiceCmdlets('RTCSRV'),
    }),
  ];
}

/** The pool that stands in, or would, takes no calls, or not all of them. */
export const standInStopped = ({ pair, pool }: ReadinessContext): readonly Finding[] =>
  standInTroubles(pair, pool).map(({ code, detail, wayOn, services }) =>
    finding(code, {
      detail,
      action: wayOn,
      powershell: services
        .flatMap((service) => (service === 'back-end-database' ? [] : (windowsServiceOf(service) ?? [])))
        .flatMap(startServiceCmdlets),
    }),
  );

/** On a pool that is up and not to be failed over, a store that runs is where it should be. */
function centralManagement({ pair, pool }: ReadinessContext): readonly Finding[] {
  const first = centralManagementFirst(pair, pool);
  if (first === null || !(first.isDown || isDown(pool.stage))) return [];
  const { on } = first;
  return [
    finding('central-management-first', {
      detail: `The Central Management store is on ${on}${first.isDown ? ' and on record as down' : ', which is down'}.`,
      action: `Bring it up, or fail it over, before ${pool.fqdn} is failed over. ${recordIt(on, 'central-management-store')}`,
      powershell: centralManagementFailover(true),
    }),
  ];
}

function fileShare({ pool, partner }: ReadinessContext): readonly Finding[] {
  return [pool, partner].flatMap(({ services, fqdn }) =>
    stoppedOn({ services }, 'file-share') === null
      ? []
      : [
          finding('file-share-down', {
            detail: `The file share of ${fqdn} is on record as down.`,
            action: `Wait with exports and imports of ${fqdn} until it is up, or look into the file for its audio afterwards. ${recordIt(fqdn, 'file-share')}`,
          }),
        ],
  );
}

function siteLink({ pair, pool, partner }: ReadinessContext): readonly Finding[] {
  if (!siteLinkIsDown(pair)) return [];
  return [
    finding('site-link-down', {
      detail: `The network between ${pool.fqdn} and ${partner.fqdn} is on record as down.`,
      action: `Look at each pool from its own site before a failover. ${recordIt(pool.fqdn, 'site-link')}`,
    }),
  ];
}
