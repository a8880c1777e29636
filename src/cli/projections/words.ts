import type { Io } from '../io.js';
import { table } from '../output/table.js';
import { orDash, time } from '../output/words.js';
import type {
  DeadLetterDecisionAnswer,
  DeadLettersAnswer,
  ProjectionsAnswer,
  RebuildAnswer,
} from '../../contract/projections.js';

export function projectionsText({ projections }: ProjectionsAnswer, io: Io): string {
  return table(
    ['projection', 'version', 'position', 'parts', 'parked', 'snapshot', 'last rebuild'],
    projections.map(({ name, version, position, partitions, parked, staleVersion, snapshot, rebuild }) => [
      name,
      staleVersion === null ? String(version) : `${version} (shows ${staleVersion})`,
      position,
      String(partitions),
      String(parked),
      orDash(snapshot),
      rebuild.state,
    ]),
    io,
  );
}

export function rebuildText(name: string, rebuild: RebuildAnswer): string {
  const { state, startedBy, startedAt, position, target, events, eventsPerSecond, error } = rebuild;
  if (state === 'none') return `${name} has not been rebuilt since the service started.`;
  const by = `by ${orDash(startedBy)} since ${time(startedAt ?? '')}`;
  const speed = eventsPerSecond === null ? '' : `, ${eventsPerSecond.toLocaleString('en-US')} a second`;
  const read = `${events.toLocaleString('en-US')} events${speed}`;
  switch (state) {
    case 'running':
      return `${name} is being rebuilt ${by}: position ${position} of ${target}, ${read}.`;
    case 'done':
      return `${name} was rebuilt: ${read}; the new one answers, up to position ${position}.`;
    case 'aborted':
      return `The rebuild of ${name} was aborted at position ${position}; the old one answers.`;
    case 'failed':
      return `The rebuild of ${name} failed at position ${position}, and the old one answers: ${orDash(error)}`;
  }
}

export function deadLettersText({ deadLetters }: DeadLettersAnswer, io: Io): string {
  if (deadLetters.length === 0) return 'Every event could be folded.';
  return table(
    ['id', 'projection', 'event', 'error', 'tried'],
    deadLetters.map(({ id, projection, event, error, attempts, since }) => [
      id,
      projection,
      `${event.type}\n${event.stream}\nposition ${event.position}`,
      error,
      `${attempts} times\nsince ${time(since)}`,
    ]),
    io,
  );
}

/** What became of a letter that was retried or discarded. */
export function decidedText({ gone, deadLetter }: DeadLetterDecisionAnswer): string {
  const next =
    deadLetter === null
      ? 'its projection is up to date.'
      : `its projection stands still at position ${deadLetter.event.position}: ${deadLetter.error} (${deadLetter.id})`;
  return gone ? `The dead letter is gone; ${next}` : `It could not be folded this time either; ${next}`;
}
