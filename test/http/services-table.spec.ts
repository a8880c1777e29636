/** The tables of docs/decisions/services.md: which answer depends on which service, and which command warns of which. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Service } from './support/service.js';
import { facts, ofTheStandIn, Situation, stages, warningsElsewhere } from './support/services-situations.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

type Cells = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** By row and column. */
function tableOf(corner: string): Cells {
  const lines = readFileSync('docs/decisions/services.md', 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${corner} `));
  if (from < 0) throw new Error(`No table of "${corner}".`);
  const cellsIn = (line = ''): readonly string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [, ...columns] = cellsIn(lines[from]);
  const rest = lines.slice(from + 2);
  const rows = rest.slice(
    0,
    rest.findIndex((line) => !line.startsWith('|')),
  );
  return Object.fromEntries(
    rows.map((row) => {
      const [name = '', ...cells] = cellsIn(row);
      return [name, Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))];
    }),
  );
}

const [answers, commands, standIns] = [tableOf('answer'), tableOf('command'), tableOf('its stage')];
const marksIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, one]) => one ?? '');
const every = (table: Cells): ReadonlySet<string> =>
  new Set(Object.values(table).flatMap((row) => Object.values(row).flatMap(marksIn)));

/** An inference is written `inferred/…` where counts go by reason. */
const isMarked = (text: string, mark: string): boolean => new RegExp(`"(?:inferred/)?${mark}"`).test(text);

const words: Readonly<Record<string, { readonly inWords: RegExp; readonly listed: string }>> = {
  'RGS, all': { inWords: /Response Group service .* stopped on all/, listed: '"service":"response-group"' },
  'RGS, some': { inWords: /Response Group service .* stopped on some/, listed: '"frontEnds":"some"' },
  'front ends, all': { inWords: /Front End service .* stopped on all/, listed: '"service":"front-end"' },
  'front ends, some': { inWords: /Front End service .* stopped on some/, listed: '"frontEnds":"some"' },
  database: { inWords: /[Bb]ack-end database .* unavailable/, listed: '"backEndDatabase":"unavailable"' },
  store: { inWords: /Central Management store/, listed: '"service":"central-management-store"' },
  share: { inWords: /file share/, listed: '"service":"file-share"' },
  network: { inWords: /network between the sites/, listed: '"service":"site-link"' },
};

function saysSo(cell: string, fact: string, before: string | null, after: string): boolean {
  const { inWords, listed } = words[fact] ?? { inWords: /never/, listed: '' };
  switch (cell) {
    case '–':
      return before === null ? [...every(answers)].every((mark) => !isMarked(after, mark)) : after === before;
    case 'listed':
      return after.includes(listed) && before?.includes(listed) !== true;
    case 'in words':
      return inWords.test(after) && after !== before;
    case 'stated':
      return after !== before;
    default:
      return marksIn(cell).every(
        (mark) => isMarked(after, mark) && (before === null || !isMarked(before, mark)),
      );
  }
}

describe.each(Object.keys(facts))('With this on record of a pool that is up: %s;', (fact) => {
  let situation: Situation;
  const told = new Map<string, { readonly before: string | null; readonly after: string }>();
  const warned = new Map<string, readonly string[]>();
  let found: Readonly<Record<string, readonly string[]>> = {};

  beforeAll(async () => {
    situation = await Situation.in(service);
    const before = await situation.answers();
    await situation.with(fact);
    for (const [name, after] of Object.entries(await situation.answers()))
      told.set(name, { before: before[name] ?? null, after });
    const standIn = await ofTheStandIn(service, fact);
    found = standIn.found;
    for (const some of [await situation.warnings(), await warningsElsewhere(service, fact), standIn.warned])
      for (const [name, codes] of Object.entries(some)) warned.set(name, codes);
    for (const [name, after] of Object.entries(await situation.later()))
      told.set(name, { before: null, after });
  });

  it('each answer that depends on it says so, and no other does', () => {
    expect([...told.keys()].sort()).toEqual(Object.keys(answers).sort());
    const wrong = [...told].filter(
      ([name, { before, after }]) => !saysSo(answers[name]?.[fact] ?? '', fact, before, after),
    );
    expect(wrong.map(([name]) => `${name}: ${answers[name]?.[fact] ?? ''}`)).toEqual([]);
  });

  it('each command that needs it warns of it, and no other does', () => {
    const known = every(commands);
    const codes = [...warned].map(([name, all]) => [name, all.filter((code) => known.has(code))]);
    const expected = [...warned.keys()].map((name) => [name, marksIn(commands[name]?.[fact] ?? 'no row')]);
    expect(codes).toEqual(expected);
    expect([...warned.keys()].sort()).toEqual(Object.keys(commands).sort());
  });

  it('readiness in each stage names what the pool that stands in lacks, and nothing else', () => {
    const known = every(standIns);
    const ids = Object.entries(found).map(([stage, all]) => [stage, all.filter((id) => known.has(id))]);
    expect(ids).toEqual(stages.map((stage) => [stage, marksIn(standIns[stage]?.[fact] ?? 'no row')]));
    expect(Object.keys(standIns)).toEqual([...stages]);
  });
});

it('With nothing on record of services no stage has such a finding, and no command such a warning', async () => {
  const { found, warned } = await ofTheStandIn(service, null);
  const known = new Set([...every(standIns), ...every(commands)]);
  for (const all of [...Object.values(found), ...Object.values(warned)])
    expect(all.filter((one) => known.has(one))).toEqual([]);
});
