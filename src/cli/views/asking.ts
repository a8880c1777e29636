/** What people ask in their own words: why something is so, and where something is. */
import { lookingGlasses } from '../../../projections/why/words.js';
import { moment } from './filters.js';
import { fleetReadinessText } from './fleet-readiness.js';
import { eventText, searchText } from './search.js';
import { inWords, ofPool, type ViewVerb } from './verb.js';
import { whyText } from './why.js';

export const askingVerbs: readonly ViewVerb[] = [
  {
    name: 'fleet-readiness',
    summary: 'the readiness of every pool, the worst first',
    path: () => '/v1/readiness',
    filters: moment,
    show: inWords('fleet-readiness', fleetReadinessText),
  },
  {
    name: 'search',
    summary: 'find pools, objects, agents, calls, events and statements by name, number, address, id or text',
    argument: { name: 'text', description: 'what to look for, or a part of it' },
    path: () => '/v1/search',
    argumentIs: 'q',
    filters: [
      { name: 'limit', description: 'hits, 1 to 100' },
      { name: 'minPosition', description: 'wait until the views have reached this position' },
    ],
    show: inWords('search', searchText),
  },
  {
    name: 'event',
    summary: 'one event of the audit trail, with its cause and what followed from it',
    argument: { name: 'id', description: 'the id of the event' },
    path: (id) => `/v1/events/${encodeURIComponent(id)}`,
    filters: [
      { name: 'position', description: 'its position, where it is known: then it is found at once' },
      ...moment,
    ],
    show: inWords('event', eventText),
  },
  {
    ...ofPool('why', 'why a tool, or an agent console, shows an object or not, and until when', whyText, [
      ...moment,
      { name: 'tool', description: `with what somebody looks: ${lookingGlasses.join(', ')}` },
      { name: 'agent', description: 'the agent whose console it is, such as kim@contoso.com' },
      { name: 'kind', description: 'the kind of the object, where another has its name' },
    ]),
    object: { name: 'object', description: 'its id or name, or the address or number of a workflow' },
  },
];
