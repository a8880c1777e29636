/** Tables and lists of the page. */
import { markup, type Content, type Markup } from '../../../text/html.js';
import { timeOr } from '../words.js';

/** In a table of a sheet that says once that its times are UTC: on one line. */
export const moment = (time: string | null, otherwise = ''): Markup =>
  markup`<span class="moment">${timeOr(time, otherwise).replace(/ UTC$/, '')}</span>`;

/**
 * @param numbers indexes of the columns that hold numbers
 * @param look the classes of its frame
 */
export function table(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly Content[])[],
  numbers: readonly number[] = [],
  look = 'scroll',
): Markup {
  const cell = (content: Content, index: number): Markup =>
    numbers.includes(index) ? markup`<td class="number">${content}</td>` : markup`<td>${content}</td>`;
  return markup`<div class="${look}"><table><caption>${caption}</caption><thead><tr>${titles.map((title) => markup`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`;
}

export const listed = <Item>(
  title: string,
  items: readonly Item[],
  line: (item: Item) => Markup,
): Markup | string =>
  items.length === 0 ? '' : markup`<section><h2>${title}</h2><ul>${items.map(line)}</ul></section>`;
