/** A moment as a query parameter: a time, a position, the id of an event, or the beginning of a stage of an incident. */
import { Matches } from 'class-validator';
import { stages, type Stage } from '../../../policy/stages.js';
import { didYouMean } from '../../../policy/texts/nearest.js';
import type { AskedMoment } from '../../runtime/moment.js';
import type { AskedSpan } from '../../runtime/queries/sights.js';
import { timePattern } from '../commands/dated.dto.js';
import { InvalidRequestError } from '../http/errors.js';
import { utcOf } from '../http/time.js';

export const positionPattern = /^(0|[1-9]\d{0,18})$/;
const eventPattern = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
/** A plus sign that is not escaped in an address arrives as a space. */
const stagePattern = /^incident\/(last|[1-9]\d{0,5})\/([a-z-]{1,40}?)(?:([+ -])((?:\d{1,6}[smhd])+))?$/;

/** What a moment may be, for the descriptions of parameters. */
export const whatMomentIs =
  'An RFC 3339 time, a position, the id of an event, or the beginning of a stage in an incident of the pool: `incident/1/outage`, `incident/last/failed-over+5m`.';

export const IsMoment = (): PropertyDecorator =>
  Matches(
    new RegExp(
      [positionPattern, timePattern, eventPattern, stagePattern].map(({ source }) => source).join('|'),
    ),
    {
      message:
        '$property must be an RFC 3339 time with an offset, such as 2026-11-24T10:42:00Z, a position, such as 4711, the id of an event, or a stage of an incident, such as incident/1/outage or incident/last/failed-over+5m',
    },
  );

/** @param field the name of the parameter, for the sentence about a wrong one */
export function momentOf(field: string, text: string): AskedMoment {
  if (positionPattern.test(text)) return { kind: 'position', position: BigInt(text) };
  if (eventPattern.test(text)) return { kind: 'event', id: text.toLowerCase() };
  const stage = stagePattern.exec(text);
  return stage === null
    ? { kind: 'time', time: utcOf(`/${field}`, text) }
    : stageMomentOf(field, text, stage);
}

/** Null where nothing is to be waited for. */
export const minPositionOf = ({ minPosition }: { readonly minPosition?: string }): bigint | null =>
  minPosition === undefined ? null : BigInt(minPosition);

/** The two ends of a span; the service looks up what they mean. */
export const spanOf = ({ from, to }: { from?: string; to?: string }): AskedSpan => ({
  from: from === undefined ? undefined : momentOf('from', from),
  to: to === undefined ? undefined : momentOf('to', to),
});

function stageMomentOf(field: string, text: string, parts: RegExpExecArray): AskedMoment {
  const [, incident = '', name = '', sign = '+', span] = parts;
  const stage = stages.find((one) => one === name);
  if (stage === undefined) throw noSuchStage(field, name);
  return {
    kind: 'stage',
    incident: incident === 'last' ? 'last' : Number(incident),
    stage,
    offset: span === undefined ? null : (sign === '-' ? -1 : 1) * millisecondsIn(field, span),
    text: text.replace(' ', '+'),
  };
}

const noSuchStage = (field: string, name: string): InvalidRequestError =>
  new InvalidRequestError([
    {
      pointer: `/${field}`,
      detail: `"${name}" is no stage${didYouMean(name, stages satisfies readonly Stage[])}; allowed: ${stages.join(', ')}.`,
    },
  ]);

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A thousand years. */
const longest = 365_250 * 86_400_000;

function millisecondsIn(field: string, span: string): number {
  const sum = [...span.matchAll(/(\d+)([smhd])/g)].reduce(
    (milliseconds, [, count = '', unit = '']) => milliseconds + Number(count) * (units[unit] ?? 0),
    0,
  );
  if (sum <= longest) return sum;
  throw new InvalidRequestError([
    { pointer: `/${field}`, detail: `${span} is too long; allowed: up to 365250d.` },
  ]);
}
