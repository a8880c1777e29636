/** What each inference says: the reason of an answer where no statement decides. */
import { readings, type Inference, type ReadingId } from './readings.js';

/** Those that are no reading of the document, but follow from what is known. */
const notReadings: Readonly<Record<Exclude<Inference, ReadingId>, string>> = {
  'normal-operation':
    'The document speaks of a failure and its end. While a pool is normal, calls go on, new ones reach it and its agents, and everything can be viewed and changed.',
  'none-can-exist':
    'No call of this kind can be there when the stage begins: the stages before it leave none, so nothing happens to it.',
  'in-no-pair':
    'The pool that owns the object is in no pair with the pool that hosts the copy. Nobody stands in by it: it stays where it is, seen and changed with the management shell alone, and takes no calls, until somebody removes it.',
  'backup-pool-down':
    'The pool that hosts the copy for its partner, or still carries calls for it, is down, while the partner itself is up and serves. The document speaks of the copies of a pool that failed, not of what a pool that failed hosts: out of reach until it is back, and waiting and anonymous calls that it carried are cut off.',
  'removed-on-owner':
    'The owner has removed the object itself. The copy on its partner is silently out of service: it takes no calls and carries none.',
  'replaced-pool':
    'The tables end with the failback of the pool that failed. They say nothing of a pool that takes its place: once it serves, it is taken to answer as the failed one would after failback, except that calls which the pool that stood in still serves go on there. What it hosts before is visible and not yet in use. Agents who are homed in the pool that is lost are reached through the pool that stands in until the new one serves, and not any more from then on; whoever is moved to the new pool is out of reach until that is started (the order of the procedure for a pool that is replaced).',
  'home-pool-ended':
    'The pool that the agent is homed in was retired, or given up after it failed over, and nobody stands in for it any more. No document says what users meet who were left there: no pool takes them in, so nobody reaches them until they are moved.',
  'retired-pool':
    'The pool was retired: it serves nobody, and what is documented of its stage concerns it no more.',
  'replicated-copy':
    'The backup service of the pool put the copy on its partner, and it counts as imported: after failover response groups behave as before, without an import ("Back up Response Group Service (RGS) data", Skype for Business Server 2019).',
  'replica-shown':
    'A file of the partner showed the copy there, and no import on record had brought it. It counts as imported, for what the document says of imported response groups asks only whether the partner has them.',
  'response-group-service':
    'The Response Group service of the pool that would serve the call is on record as stopped on all Front End servers, while the pool itself is up. The documents do not speak of that: without the service response groups take no calls, and nobody calls on their behalf, until it is started again.',
  'response-group-service-in-part':
    'The Response Group service of the pool that serves the call is on record as stopped on some Front End servers. The documents do not speak of that: which server a call meets, nobody knows, so that it depends. Counted as served.',
  'response-group-service-open-calls':
    'The Response Group service of the pool that carries the calls is on record as stopped, on some Front End servers or on all. No document says what becomes of calls that are waiting or connected then: they are counted as they were, until their end is reported.',
  'front-end-service':
    'The Front End service of the pool is on record as stopped on all Front End servers, and no outage of the pool. The documents speak of pools that fail, and say nothing of one that nobody has declared down: it takes no calls, carries none, and nobody reaches its users, until the service is started again. Once the outage is recorded, the tables decide.',
  'front-end-service-open-calls':
    'The Front End service of the pool that carries the calls is on record as stopped on all Front End servers, and no outage of the pool. What becomes of calls that are waiting or connected the tables say of an outage, as it begins: until one is recorded, they are counted as they were.',
  'console-without-service':
    'A service of the pool that hosts the group (Response Group, or Front End on all servers) is on record as stopped. No document says whether the agent console shows the group then, and lets agents sign in: it is answered as if the service ran.',
  'configuration-without-database':
    'The back-end database of the pool that hosts the object is on record as unavailable, while the pool itself is up. The tables ask for the database only of a pool that is down: it is answered as if the database answered. If no tool shows the object, it does not.',
  'went-on':
    'It was reported that the call went on after a stage had cut it off by what was known: the report holds, and the cut-off is marked as contradicted.',
};

/** Names that logs of earlier releases hold, and what they meant. */
const former: Readonly<Record<string, string>> = {
  'normal-equals-failed-back':
    'Of an earlier release: a pool that is normal answered like one that is failed back. Today it is normal-operation.',
};

export interface InferenceText {
  readonly id: string;
  readonly text: string;
}

/** All of them, in the order of the readings. */
export const inferences: readonly InferenceText[] = [
  ...readings.map(({ id, question, text }) => ({ id, text: `${question} ${text}` })),
  ...Object.entries({ ...notReadings, ...former }).map(([id, text]) => ({ id, text })),
];
