/** The second route: the pool never comes back, and another one takes its place under a name of its own. */
import type { StepText } from './step-text.js';

type Texts = Readonly<Record<string, StepText>>;

/** Before anything is given to the new pool. */
export const stepsReplacement = {
  'choose-route': {
    phase: 'failback',
    title: 'Choose the way out: back to the pool, or to another in its place',
    why: 'A pool that is beyond recovery is not failed back to: a new one, with another name, takes its place (replace-pool).',
    precondition:
      'Somebody has judged whether the pool can be repaired. The choice can be changed until the failback or the replacement begins.',
    verify: 'The runbook shows the steps of the way that was chosen.',
    due: ['failed-over'],
    optional: true,
    records: 'choose-route',
    sources: ['planning'],
  },
  'publish-replacement': {
    phase: 'failback',
    title: 'Define the new pool in Topology Builder, publish it and install it',
    why: 'Users and response groups are moved only to a pool that the topology knows.',
    precondition:
      'The new pool has a name of its own. It is associated with no backup pool yet: the one that stands in is still associated with the lost one.',
    verify: 'The listing shows the new pool, and the topology has reached its servers.',
    due: ['failed-over'],
    records: 'tick-step',
    sources: ['planning', 'pairing'],
  },
  'replace-pool': {
    phase: 'failback',
    title: 'Record the pool that takes its place',
    why: 'It has another name, so that it is a new pool: what the lost one owned has to be given to it.',
    precondition:
      'The failover is complete and the groups are imported into the pool that stands in. The new pool is published and installed; its services are not needed yet.',
    verify: 'The new pool is shown in the place of the lost one, in stage failed-over.',
    due: ['failed-over'],
    records: 'replace-pool',
    sources: ['planning'],
  },
  'rehome-users': {
    phase: 'failback',
    title: 'Move the users of the lost pool to the new one',
    why: 'The pool that stands in serves them until the new one serves, and nobody reaches whoever is left in the lost pool from then on.',
    precondition:
      'The new pool is recorded. Whoever is moved is without service until it runs: start its services right afterwards, before anything is exported and imported. With -Force nothing of their own is moved along: what a backup has of it is imported afterwards.',
    verify: 'No user has the lost pool as RegistrarPool any more.',
    due: ['failed-over'],
    records: 'tick-step',
    sources: ['planning'],
  },
} as const satisfies Texts;

/** Once the new pool has what stood in. */
export const stepServing = {
  'complete-replacement': {
    phase: 'failback',
    title: 'Record that the new pool serves',
    why: 'From here on new calls reach it. Calls that the pool that stood in has go on there.',
    precondition:
      'It hosts all that stood in for the lost pool: exported with the name of the lost pool as owner to a new file, and imported from that file with -OverwriteOwner. An older file would leave behind what was changed since. It has the application settings of the lost pool, or others that are wanted: a note says so where it has neither.',
    verify: 'With -ShowAll all five kinds are listed on the new pool, and a test call is answered.',
    due: ['failed-over'],
    records: 'complete-replacement',
    sources: ['procedures', 'planning'],
  },
} as const satisfies Texts;

/** Once nothing of it is needed any more. */
export const stepRemoving = {
  'remove-lost-pool': {
    phase: 'clean-up',
    title: 'Pair the two pools in Topology Builder, and remove the lost one',
    why: 'Until then the topology has the pool that stood in associated with one that is gone: no pool of the two could be failed over to the other.',
    precondition:
      'No user is homed in the lost pool any more, the new pool serves, and its copies are removed from the pool that stood in.',
    verify: 'The new pool is named as the backup pool, and the lost one is listed no more.',
    due: ['failed-back'],
    optional: true,
    records: 'tick-step',
    sources: ['pairing', 'planning'],
  },
} as const satisfies Texts;
