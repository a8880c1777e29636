/** What the page draws an incident's course from, without a browser. */
import { describe, expect, it } from '@jest/globals';
import { endOf, lastAt, momentAfter, type Drawn, type Mark } from '../../web/src/incident/course.js';
import { byCause, causeOf } from '../../web/src/incident/cut-offs.js';
import { grouped } from '../../web/src/incident/marks.js';
import { scaleOf, ticksOf } from '../../web/src/incident/scale.js';
import { bodyOf, editable, editsIn, mostAlternatives, textOfEdits } from '../../web/src/incident/what-if.js';
import { fc, runs } from '../support/properties.js';

const minute = 60_000;
const ten = Date.parse('2026-11-24T10:00:00Z');
const at = (minutes: number): string => new Date(ten + minutes * minute).toISOString();
const mark = (position: number, minutes: number, more: Partial<Mark> = {}): Mark => ({
  kind: 'command',
  id: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
  position: String(position),
  type: 'OutageDeclared',
  at: at(minutes),
  recordedAt: at(minutes),
  pool: 'pool-a.contoso.com',
  by: 'ann',
  text: `Mark ${position}`,
  ...more,
});
const courseOf = (...marks: readonly Mark[]): Drawn => ({
  timeline: { marks },
  from: ten,
  to: ten + 60 * minute,
});

describe('The axis of a course', () => {
  it('draws idle stretches short, and gives the room to what happened', () => {
    const scale = scaleOf(
      [0, 5, 10, 600, 605].map((minutes) => ten + minutes * minute),
      1_000,
    );
    expect(scale.segments.map(({ isIdle }) => isIdle)).toEqual([false, true, false]);
    const [before, idle, after] = scale.segments.map(({ left, right }) => right - left);
    expect(idle).toBeLessThan(50);
    expect(before).toBeCloseTo(2 * (after ?? 0));
  });

  it('has one place, whatever happened at one moment', () => {
    const scale = scaleOf([ten], 500);
    expect([scale.x(ten), scale.x(ten + 1), scale.segments]).toEqual([0, 0, []]);
    expect(scale.timeAt(100)).toBe(ten);
  });

  it('is as wide as it is told, in order, and leads back from a place to its time', () => {
    const times = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(times, fc.integer({ min: 300, max: 4_000 }), (minutes, width) => {
        const all = minutes.map((one) => ten + one * minute);
        const scale = scaleOf(all, width);
        const inOrder = all.toSorted((one, other) => one - other);
        const places = inOrder.map(scale.x);
        expect(places).toEqual(places.toSorted((one, other) => one - other));
        expect(places[0]).toBe(0);
        if (inOrder[0] === inOrder.at(-1)) return;
        expect(places.at(-1)).toBeCloseTo(width, 3);
        for (const time of inOrder) expect(Math.abs(scale.timeAt(scale.x(time)) - time)).toBeLessThan(1_000);
        const ticks = ticksOf(scale, 0).map(scale.x);
        // Labels never lie on each other.
        ticks.slice(1).forEach((x, index) => expect(x - (ticks[index] ?? 0)).toBeGreaterThanOrEqual(84));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('Marks', () => {
  it('that would lie on each other are one group', () => {
    const groups = grouped([mark(1, 0), mark(2, 1), mark(3, 30)], (time) => (time - ten) / minute);
    expect(groups.map(({ x, marks }) => [x, marks.map(({ position }) => position)])).toEqual([
      [0, ['1', '2']],
      [30, ['3']],
    ]);
  });

  it('are found by what was known, and by what had happened', () => {
    const late = mark(9, 5, { recordedAt: at(50) });
    const marks = [mark(1, 0), late, mark(7, 10)];
    expect(lastAt(marks, 'asOf', '8')?.position).toBe('7');
    expect(lastAt(marks, 'asOf', at(50))?.position).toBe('9');
    expect(lastAt(marks, 'asOf', at(49))?.position).toBe('7');
    expect(lastAt(marks, 'at', at(6))?.position).toBe('9');
    expect(lastAt(marks, 'asOf', '0')).toBeNull();
    expect([momentAfter(late, 'asOf'), momentAfter(late, 'at')]).toEqual(['9', at(5)]);
    expect([endOf({ closed: null }, ten), endOf({ closed: at(1) }, 0)]).toEqual([ten, ten + minute]);
  });
});

describe('Calls that were cut off', () => {
  it('are counted by the row of the statement, and what is inferred apart', () => {
    expect(
      byCause({ 'outage/new-calls/1': 3, 'failing-over/new-calls/1': 2, 'inferred/went-on': 4 }),
    ).toEqual({ 'new-calls': 5, 'in-progress-calls': 0, 'connected-calls': 0, other: 4 });
    expect(causeOf('failed-over')).toBe('other');
  });
});

describe('Alternatives in the address', () => {
  const first = mark(1, 0);
  const refused = mark(2, 5, { kind: 'refused' });
  const created = mark(3, 6, { type: 'ObjectCreated' });

  it('are read as they are written, as many as there may be, and nothing else', () => {
    const edits = [
      { event: first.id, minutes: null },
      { event: refused.id, minutes: -20 },
    ];
    expect(editsIn(textOfEdits(edits))).toEqual(edits);
    expect(editsIn(`nonsense,${first.id}.drop,${first.id}.123456,<b>.drop`)).toEqual([
      { event: first.id, minutes: null },
    ]);
    expect(editsIn(Array(9).fill(`${first.id}.5`).join(','))).toHaveLength(mostAlternatives);
    expect(editsIn(null)).toEqual([]);
  });

  it('are of what was done to pools with effect', () => {
    expect(editable(courseOf(first, refused, created))).toEqual([first]);
  });

  it('are asked for by the events, and by the times to which they move', () => {
    const edits = [
      { event: first.id, minutes: 20 },
      { event: first.id, minutes: null },
    ];
    expect(bodyOf(courseOf(first), edits)).toEqual({
      from: at(0),
      to: at(60),
      alternatives: [
        { name: '1', edits: [{ move: { event: first.id, to: at(20) } }] },
        { name: '2', edits: [{ drop: { event: first.id } }] },
      ],
    });
  });
});
