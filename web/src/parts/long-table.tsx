/** A table of which only the rows in sight are in the page: thousands of rows scroll without a long task. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useKeptPlace } from './keep-place.js';
import { isSame, towards, type Drawn } from './rows-in-sight.js';

interface Props<Row> {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The first cell is the heading of the row. */
  readonly cells: (row: Row) => readonly ComponentChildren[];
  /** Where rows are not here yet: on which side there are more, and what is done once rows are drawn. */
  readonly more?: More;
}

export interface More {
  readonly isAbove: boolean;
  readonly isBelow: boolean;
  readonly onDrawn: (first: number, last: number) => void;
}

/** Pixels that a row is taken to have until it is measured. */
const guess = 44;
/** Rows beyond the edges of the window. */
const beyond = 12;
/** Rows that are drawn before the window is known. */
const atFirst = 30;

interface Seen extends Drawn {
  /** Of a row, in pixels. */
  readonly height: number;
}

export function LongTable<Row>({ caption, columns, rows, keyOf, cells, more }: Props<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const seen = useSignal<Seen>({ first: 0, last: atFirst, height: guess });
  // A row that was drawn is not compared again while it stays.
  const known = useMemo(() => new Map<Row, VNode>(), [rows, cells]);
  useLayoutEffect(() => {
    let frame = 0;
    let isOnPaper = false;
    const look = (): void => {
      frame = 0;
      // To have all rows drawn may move the window.
      if (body.current === null || isOnPaper) return;
      const { wanted, height } = wantedIn(body.current, rows.length, seen.peek().height);
      const next = towards(seen.peek(), wanted);
      if (isSame(next, seen.peek())) return;
      seen.value = { ...next, height };
      soon();
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    const drawAll = (): void => {
      isOnPaper = true;
      seen.value = { ...seen.peek(), first: 0, last: rows.length };
    };
    const drawInSight = (): void => {
      isOnPaper = false;
      soon();
    };
    look();
    addEventListener('scroll', soon, { passive: true });
    addEventListener('resize', soon, { passive: true });
    // On paper nothing scrolls.
    addEventListener('beforeprint', drawAll);
    addEventListener('afterprint', drawInSight);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', soon);
      removeEventListener('resize', soon);
      removeEventListener('beforeprint', drawAll);
      removeEventListener('afterprint', drawInSight);
    };
  }, [rows.length]);
  const moved = useKeptPlace(body, rows, keyOf, more?.isAbove === true);
  if (moved > 0) {
    const { first, last, height } = seen.peek();
    seen.value = { first: first + moved, last: last + moved, height };
  }
  const { height } = seen.value;
  const last = Math.min(seen.value.last, rows.length);
  const first = Math.min(seen.value.first, last);
  useLayoutEffect(() => more?.onDrawn(first, last), [more?.onDrawn, first, last, rows.length]);
  const drawn = rows.slice(first, last);
  for (const row of known.keys()) if (!drawn.includes(row)) known.delete(row);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table
        class="stacked"
        role="table"
        aria-rowcount={more?.isAbove === true || more?.isBelow === true ? -1 : rows.length + 1}
      >
        <caption>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column} role="columnheader" scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" ref={body}>
          <Gap rows={first} height={height} columns={columns.length} />
          {drawn.map((row, index) => {
            const before = known.get(row);
            if (before !== undefined) return before;
            const node = drawnRow(keyOf(row), first + index + 2, columns, cells(row));
            known.set(row, node);
            return node;
          })}
          <Gap rows={rows.length - last} height={height} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Where the window is, in rows, and how high they are. */
function wantedIn(
  section: HTMLElement,
  count: number,
  before: number,
): { readonly wanted: Drawn; readonly height: number } {
  const drawn = [...section.querySelectorAll<HTMLElement>('tr[data-row]')];
  const height =
    drawn.length === 0 ? before : drawn.reduce((sum, row) => sum + row.offsetHeight, 0) / drawn.length;
  const top = -section.getBoundingClientRect().top;
  const last = Math.min(count, Math.ceil((top + innerHeight) / height) + beyond);
  const first = Math.min(last, Math.max(0, Math.floor(top / height) - beyond));
  return { wanted: { first, last }, height };
}

/** Where it is narrow a row is a card, its cells one below the other: each says then what it is, and keeps its role. */
function drawnRow(
  key: string,
  index: number,
  columns: readonly string[],
  [heading, ...others]: readonly ComponentChildren[],
): VNode {
  return (
    <tr key={key} role="row" data-row aria-rowindex={index}>
      <th role="rowheader" scope="row">
        {heading}
      </th>
      {others.map((cell, column) => (
        <td key={column} role="cell" data-column={columns[column + 1]}>
          {cell}
        </td>
      ))}
    </tr>
  );
}

/** Room for rows that are out of sight. A style in the page itself is not allowed, a height of an SVG is. */
function Gap({
  rows,
  height,
  columns,
}: {
  readonly rows: number;
  readonly height: number;
  readonly columns: number;
}) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} class="gap">
        <svg width="1" height={Math.round(rows * height)} focusable="false" />
      </td>
    </tr>
  );
}
