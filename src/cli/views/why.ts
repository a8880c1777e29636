import type { WhyAnswer } from '../../contract/why.js';
import { styled, type Io } from '../io.js';
import { notYetRegistered, time } from '../output/words.js';
import { legendOf } from './legend.js';

export function whyText(why: WhyAnswer, io: Io): string {
  if (why.stage === null) return notYetRegistered(why);
  const { sentence, because, inference, source, since, until, instead, copies } = why;
  const warnings = copies.flatMap(({ parent, warnings: given }) =>
    given.map(({ code, detail }) => `${styled(io, 'yellow', 'warning')} ${code}, on ${parent}: ${detail}`),
  );
  return [
    styled(io, 'bold', sentence),
    ...(since === null ? [] : [`since ${time(since)}`]),
    ...(until.length === 0 ? [] : [`until ${until.join(', then ')}`]),
    ...instead,
    ...legendOf([{ because, inference, ...(source === undefined ? {} : { source }) }], io),
    ...warnings,
  ].join('\n');
}
