import type { Command } from 'commander';
import type { AnswerOf } from '../../contract/answers.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';
import type { Session } from '../session.js';
import { momentHelp, readMoment } from '../times/flags.js';
import { legendOf } from './legend.js';

type Compared = AnswerOf<'compare-readings'>;
type Otherwise = Compared['readings'][number]['otherwise'][number];

/** `readings compare`, beside the view of all readings. */
export function registerCompareReadings(readings: Command, session: Session): void {
  readings
    .command('compare')
    .description('which past answers about a pool would be others, had the document been read otherwise')
    .argument('<fqdn>', 'the pool')
    .option('--as-of <moment>', `what was known at a moment of the past: ${momentHelp}`, readMoment)
    .option('--at <moment>', `what had happened by a moment of the past: ${momentHelp}`, readMoment)
    .option('--min-position <position>', 'wait until the views have reached this position')
    .action(async (fqdn: string, query: Readonly<Record<string, string>>) => {
      const path = `/v1/pools/${encodeURIComponent(fqdn)}/readings/compare`;
      const answer = await session.client.view(path, query);
      await session.show('compare-readings', answer, (body) => comparedText(body, session.io));
    });
}

export function comparedText({ fqdn, readings }: Compared, io: Io): string {
  const open = readings.filter(({ otherwise }) => otherwise.length > 0);
  const fixed = readings.length - open.length;
  return [
    `${fqdn}: what would have been answered, had the document been read otherwise (hypothetical)`,
    ...open.flatMap(({ reading, question, inForce, otherwise }) => [
      '',
      styled(io, 'bold', `${reading}: ${question}`),
      `  in force: ${inForce ?? '-'}`,
      ...otherwise.flatMap((one) => otherwiseLines(one, io)),
    ]),
    '',
    `${fixed} readings leave no choice.`,
  ].join('\n');
}

function otherwiseLines(one: Otherwise, io: Io): readonly string[] {
  const { choice, text, differs, calls, copies, signIns, moments, contradicted } = one;
  const title = `  ${choice}: ${text}`;
  if (!differs) return [title, '    Every answer would have been the same.'];
  const causes = calls.differing.flatMap(({ recorded, otherwise }) =>
    [recorded, otherwise].flatMap((cut) => (cut === null ? [] : [cut.because])),
  );
  return [
    title,
    `    calls cut off: ${calls.recorded}, otherwise ${calls.otherwise} (${calls.saved} saved, ${calls.lost} lost, ${calls.otherCause} for another cause)`,
    ...(copies.length === 0 ? [] : [`    copies seen or changed otherwise: ${copies.length}`]),
    ...signIns.map(
      ({ agent, pool, agentGroup, otherwise, since }) =>
        `    ${agent} would ${otherwise ? '' : 'not '}have been signed in to ${agentGroup} on ${pool}, ${time(since)}`,
    ),
    ...(contradicted.length === 0
      ? []
      : [`    recorded facts that could not have happened: ${contradicted.length}`]),
    ...(moments.length === 0 ? [] : [indented(momentsTable(moments, io))]),
    ...legendOf(causesIn(causes), io).map((line) => `    ${line}`),
  ];
}

const momentsTable = (moments: Otherwise['moments'], io: Io): string =>
  table(
    ['position', 'time', 'event', 'cut off', 'otherwise', 'copies', 'sign-ins'],
    moments.map(({ position, occurredAt, type, cutOff, copies, signIns }) => [
      position,
      time(occurredAt),
      type,
      String(cutOff.recorded),
      String(cutOff.otherwise),
      String(copies),
      String(signIns),
    ]),
    io,
  );

const indented = (text: string): string => text.replaceAll(/^/gm, '    ');

/** Causes as entries of answers have them. */
const causesIn = (causes: readonly string[]) =>
  [...new Set(causes)].map((cause) => ({ because: [cause.replace(/^inferred\//, '')], inference: null }));
