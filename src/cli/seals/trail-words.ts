import { styled, type Io } from '../io.js';
import { time } from '../output/words.js';
import type { TrailCheck } from './trail.js';

/** What a check of a trail found, for people: no more than can be said of a part of a log. */
export function trailText(check: TrailCheck, name: string, io: Pick<Io, 'colours'>): string {
  const { entries, sealed, derived, unsealed, first, size, kept } = check;
  const more = unsealed - first.length;
  return [
    check.isWhole
      ? styled(io, 'green', `Every event in this trail was sealed, as it stands here.`)
      : styled(io, 'red', `${unsealed} of ${entries} entries are NOT what was sealed.`),
    ...first.map(({ line, type, id, problem }) => `  line ${line}, ${type} ${id}: ${problem}`),
    ...(more > 0 ? [`  and ${more} more.`] : []),
    `  ${name}: ${entries} entries, ${sealed} of them among the ${size} events that are sealed`,
    ...(derived === 0
      ? []
      : [
          `  ${derived} entries are derived from others: they are no events, and no seal says anything of them.`,
        ]),
    '  Not told: whether the trail is complete. Not sealed: position, pool, incident, causes and summary of an entry.',
    ...kept.map(({ checkpoint, file }) => `  ${file}: ${checkpoint.size} events, ${timeOf(checkpoint.at)}`),
    ...(check.keysWereKept
      ? []
      : ['  The keys are those that lie beside the log: keep the key elsewhere, and give it with --key.']),
  ].join('\n');
}

const timeOf = (at: string | null): string => (at === null ? 'at an unknown time' : `sealed at ${time(at)}`);

/** The same for programs. */
export const trailJson = ({ kept, isWhole, ...check }: TrailCheck): object => ({
  whole: isWhole,
  seals: kept.map(({ file, checkpoint: { origin, size, root, at } }) => ({
    file,
    origin,
    size,
    root: root.toString('hex'),
    at,
  })),
  ...check,
});
