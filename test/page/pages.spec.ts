/** Pages of a long list that follow one another, while entries are added. */
import { expect, test } from '@jest/globals';
import { after, again, before, pageAt, type Page, type Pages } from '../../web/src/state/pages.js';

const limit = 3;
type Entry = { readonly id: string };
const page = (cursor: string | null, text: string, next: string | null, previous: string | null = null) =>
  ({ cursor, entries: text.split('').map((id) => ({ id })), next, previous }) satisfies Page<Entry>;
const none: Pages<Entry> = { pages: [], isAtTop: false };
const textOf = ({ pages }: Pages<Entry>): string =>
  pages.flatMap(({ entries }) => entries.map(({ id }) => id)).join('');

const newest = after(after(none, page(null, 'fed', 'c')), page('c', 'cba', null));

test('pages follow one another from the beginning', () => {
  expect(textOf(newest)).toBe('fedcba');
  expect(newest.isAtTop).toBe(true);
  expect([0, 2, 3, 5, 9].map((place) => pageAt(newest, place))).toEqual([0, 0, 1, 1, 1]);
});

test('new entries push none out', () => {
  const more = again(newest, page(null, 'hgf', 'e'), limit);
  expect(textOf(more)).toBe('hgfedcba');
  expect(more.pages[0]?.next).toBe('c');
});

test('where a whole page of new entries came, the list begins again', () => {
  const more = again(newest, page(null, 'zyx', 'w'), limit);
  expect(textOf(more)).toBe('zyx');
  expect(more.pages[0]?.next).toBe('w');
});

test('from the middle there are pages before, until one is not full', () => {
  const middle = after(none, page('d', 'dcb', 'a', 'p'));
  expect(middle.isAtTop).toBe(false);
  const full = before(middle, page('p', 'gfe', null, 'q'), limit);
  expect(full.isAtTop).toBe(false);
  const whole = before(full, page('q', 'ih', null, 'r'), limit);
  expect([textOf(whole), whole.isAtTop]).toEqual(['ihgfedcb', true]);
  // New entries come into the first page until it is full as well.
  const grown = again(whole, page('q', 'jih', null, 'r'), limit);
  expect([textOf(grown), grown.isAtTop]).toEqual(['jihgfedcb', false]);
});

test('an oldest page that grows knows what follows it', () => {
  const oldest = after(none, page(null, 'ab', null));
  const grown = again(oldest, page(null, 'abc', 'n'), limit);
  expect([textOf(grown), grown.pages[0]?.next]).toEqual(['abc', 'n']);
});
