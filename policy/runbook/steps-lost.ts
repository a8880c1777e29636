/** The steps of a pool that never comes back, and in whose place no other is put: it is given up, or lost in no pair. */
import type { StepText } from './step-text.js';

export const stepsLost = {
  'move-users-away': {
    phase: 'clean-up',
    title: 'Move the users of the pool to another',
    why: 'Nobody reaches an agent who is homed in a pool that never comes back, once nobody stands in for it.',
    precondition:
      'The other pool is up. With -Force nothing of their own is moved along: what a backup has of it is imported afterwards.',
    verify: 'No user has the pool as RegistrarPool any more.',
    due: ['outage', 'failed-over'],
    records: 'move-agent',
    sources: ['planning'],
  },
  'leave-the-pair': {
    phase: 'clean-up',
    title: 'Pair the pool that owns its groups with another',
    why: 'All that the pool owned is owned by its partner, which nobody stands in for: with the next outage those groups are gone.',
    precondition:
      'In Topology Builder the pool that is given up is removed as the associated backup pool, another is chosen, the topology is published, and the setup of both is run again. Where there is no other pool yet, the pairing is ended alone (unpair).',
    verify: 'Get-CsPoolBackupRelationship names the other pool.',
    due: ['outage', 'failed-over'],
    records: 'register-pair',
    sources: ['pairing', 'planning'],
  },
  'close-given-up': {
    phase: 'clean-up',
    title: 'Close the incident of the pool that was given up',
    why: 'Nothing fails back: its groups are served by the pool that owns them now.',
    precondition: 'Its pairing has ended.',
    verify: 'The pool is shown as given up, in no incident.',
    due: ['outage', 'failed-over'],
    records: 'close-incident',
    sources: ['planning'],
  },
  'retire-pool': {
    phase: 'clean-up',
    title: 'End the record of the pool',
    why: 'A pool that never comes back is no pool that anybody waits for. Its history stays, and a new pool may bear its name.',
    precondition:
      'It never comes back: what nobody else owns is lost with it, as the preview of the command says. Nobody is homed in it, and the ends of its calls are reported.',
    verify: 'The pool is shown as retired.',
    due: ['outage', 'failed-over'],
    records: 'retire-pool',
    sources: ['planning'],
  },
} as const satisfies Readonly<Record<string, StepText>>;
