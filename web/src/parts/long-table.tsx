/** A table of which only the rows in sight are in the page: thousands of rows scroll without a long task. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props<Row> {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The first cell is the heading of the row. */
  readonly cells: (row: Row) => readonly ComponentChildren[];
}

/** Pixels that a row is taken to have until it is measured. */
const guess = 44;
/** Rows beyond the edges of the window. */
const beyond = 12;

export function LongTable<Row>({ caption, columns, rows, keyOf, cells }: Props<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const seen = useSignal({ first: 0, last: 60, height: guess });
  useLayoutEffect(() => {
    const look = (): void => {
      const section = body.current;
      if (section === null) return;
      const drawn = [...section.querySelectorAll<HTMLElement>('tr[data-row]')];
      const height =
        drawn.length === 0
          ? seen.peek().height
          : drawn.reduce((sum, row) => sum + row.offsetHeight, 0) / drawn.length;
      const top = -section.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(top / height) - beyond);
      const last = Math.min(rows.length, Math.ceil((top + innerHeight) / height) + beyond);
      const before = seen.peek();
      if (before.first !== first || before.last !== last) seen.value = { first, last, height };
    };
    look();
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look, { passive: true });
    return () => {
      removeEventListener('scroll', look);
      removeEventListener('resize', look);
    };
  }, [rows.length]);
  const { height } = seen.value;
  const first = Math.min(seen.value.first, rows.length);
  const last = Math.min(seen.value.last, rows.length);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table aria-rowcount={rows.length + 1}>
        <caption>{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          <Gap rows={first} height={height} columns={columns.length} />
          {rows.slice(first, last).map((row, index) => {
            const [heading, ...others] = cells(row);
            return (
              <tr key={keyOf(row)} data-row aria-rowindex={first + index + 2}>
                <th scope="row">{heading}</th>
                {others.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            );
          })}
          <Gap rows={rows.length - last} height={height} columns={columns.length} />
        </tbody>
      </table>
    </div>
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
