import type { Verification } from '../../store/port.js';
import { differenceText, placeText } from '../../runtime/seals/sentences.js';
import { styled, type Io } from '../io.js';
import { time } from '../output/words.js';
import { filesText } from '../views/verification.js';
import type { SealCheck } from './check.js';

/** What a check found, for people. */
export function checkText(check: SealCheck, name: string, io: Pick<Io, 'colours'>): string {
  const { comparison, kept, beside, chain, files } = check;
  const verdict = check.isWhole
    ? styled(io, 'green', `The log is whole as far as it was sealed, and goes on from there.`)
    : styled(io, 'red', verdictOf(check));
  return [
    verdict,
    ...(comparison.difference === null ? [] : [differenceText(comparison.difference)]),
    ...kept.map(({ checkpoint: { size, at }, file }) => {
      const holds = comparison.holding.has(size) ? 'holds' : 'does NOT hold';
      return `  ${file}: ${size} events${at === null ? '' : `, sealed at ${time(at)}`}: ${holds}`;
    }),
    ...(beside === 0 ? [] : [`  ${beside} seals beside the log were checked as well.`]),
    ...unsealedText(check),
    ...(chain === null ? [] : chainText(chain)),
    ...(files === null ? [] : filesText(files).map((line) => `  ${line}`)),
    ...(check.keysWereKept
      ? []
      : ['  The keys are those that lie beside the log: keep the key elsewhere, and give it with --key.']),
    `  ${name}: ${comparison.events} events, root ${comparison.root.toString('hex')}`,
  ].join('\n');
}

/** Damaged zips are none of the log's. */
const verdictOf = ({ logIsWhole }: SealCheck): string =>
  logIsWhole
    ? 'The log is whole as far as it was sealed, but kept files of exports are damaged.'
    : 'The log is NOT what was sealed.';

function unsealedText({ comparison, grewWhileStopped }: SealCheck): string[] {
  const { events, first } = comparison.unsealed;
  if (events === 0 || first === null) return [];
  const what = events === 1 ? '1 event comes' : `${events} events come`;
  return [
    grewWhileStopped
      ? `  ${what} after the seal that the service signed when it stopped, the first is ${placeText(first)}: the service did not write that.`
      : `  ${what} after the last seal, the first is ${placeText(first)}: no seal says anything of that yet.`,
  ];
}

function chainText({ broken, findings = [] }: Verification): string[] {
  return [
    ...(broken === null ? [] : [`  Its own chain of hashes is broken: ${broken.problem}`]),
    ...findings.map(
      ({ problem, position }) => `  ${problem}${position === null ? '' : ` (position ${position})`}`,
    ),
  ];
}

/** The same for programs. */
export function checkJson({ kept, keys, comparison, chain, files, ...check }: SealCheck): object {
  const { difference, unsealed, holding } = comparison;
  return {
    whole: check.isWhole,
    seals: kept.map(({ file, checkpoint: { origin, size, root, at } }) => ({
      file,
      origin,
      size,
      root: root.toString('hex'),
      at,
      holds: holding.has(size),
    })),
    beside: check.beside,
    keys,
    keysWereKept: check.keysWereKept,
    events: comparison.events,
    root: comparison.root.toString('hex'),
    difference: difference && { ...difference, at: difference.at && placeJson(difference.at) },
    unsealed: { events: unsealed.events, first: unsealed.first && placeJson(unsealed.first) },
    grewWhileStopped: check.grewWhileStopped,
    chain: chain && {
      broken: chain.broken?.problem ?? null,
      findings: (chain.findings ?? []).map(({ problem }) => problem),
    },
    files,
  };
}

const placeJson = ({
  position,
  revision,
  ...place
}: NonNullable<SealCheck['comparison']['unsealed']['first']>): object => ({
  ...place,
  position: String(position),
  revision: String(revision),
});
