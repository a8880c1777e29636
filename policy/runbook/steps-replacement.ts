/** The second route: the pool never comes back, and another one takes its place under a name of its own. */
import type { StepText } from './step-text.js';

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
  'replace-pool': {
    phase: 'failback',
    title: 'Build the pool that takes its place, and record it',
    why: 'It has another name, so that it is a new pool: what the lost one owned has to be given to it.',
    precondition:
      'The failover is complete and the groups are imported into the pool that stands in. In Topology Builder the new pool is defined, published and installed; its services are not needed yet.',
    verify: 'The new pool is shown in the place of the lost one, in stage failed-over.',
    due: ['failed-over'],
    records: 'replace-pool',
    sources: ['planning'],
  },
  'rehome-users': {
    phase: 'failback',
    title: 'Move the users of the lost pool to the new one',
    why: 'Whoever is homed in a pool that is gone cannot be reached.',
    precondition: 'The new pool is there. Its users are without service from here until it runs.',
    verify: 'No user has the lost pool as RegistrarPool any more.',
    due: ['failed-over'],
    records: 'tick-step',
    sources: ['planning'],
  },
  'complete-replacement': {
    phase: 'failback',
    title: 'Record that the new pool serves',
    why: 'From here on new calls reach it. Calls that the pool that stood in has go on there.',
    precondition:
      'It hosts all that stood in for the lost pool: exported with the name of the lost pool as owner to a new file, and imported from that file with -OverwriteOwner. An older file would leave behind what was changed since.',
    verify: 'With -ShowAll all five kinds are listed on the new pool, and a test call is answered.',
    due: ['failed-over'],
    records: 'complete-replacement',
    sources: ['procedures', 'planning'],
  },
} as const satisfies Readonly<Record<string, StepText>>;
