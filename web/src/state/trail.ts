/** A trail of any length as one list: pages are loaded as the reader comes near them, and kept up to date while in sight. */
import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { AnswerOf } from '../../../src/contract/answers.js';
import { ask } from '../api/client.js';
import { changes } from '../api/feed.js';
import { go, moment, query, withMore, withQuery } from './address.js';
import { after, again, before, pageAt, type Page, type Pages } from './pages.js';
import type { Shown } from './view.js';

type Entry = AnswerOf<'audit-trail'>['entries'][number];
export type Trail = Pages<Entry>;

export interface FollowedTrail {
  readonly shown: ReadonlySignal<Shown<Trail>>;
  /** Which entries are drawn. */
  readonly onDrawn: (first: number, last: number) => void;
  /** Loads what follows, without scrolling. */
  readonly more: () => void;
}

/** Entries of one page. */
const limit = 200;
/** So many entries before the end of what is known, the next page is asked for. */
const ahead = 60;
/** Entries that are drawn above the window. */
const beyond = 12;
/** Milliseconds: until a change is asked for, until all is asked for again, until the address follows the reader. */
const [pause, patience, rest] = [60, 15_000, 400];

/** @param path with the filters, without a page of it */
export function useTrail(path: string): FollowedTrail {
  const shown = useSignal<Shown<Trail>>({ value: null, problem: null, at: null });
  const full = withMore(path, moment.value);
  const given = query.value.get('cursor');
  const start = useRef({ full, cursor: given });
  const isKnown = shown.peek().value?.pages.some(({ cursor }) => cursor === given) ?? true;
  if (start.current.full !== full || !isKnown) start.current = { full, cursor: given };
  const from = start.current;
  const follower = useMemo(() => new Follower(full, from.cursor, shown, moment.peek() === ''), [from]);
  useEffect(() => follower.follow(), [follower]);
  return { shown, onDrawn: follower.onDrawn, more: follower.more };
}

class Follower {
  private readonly cancel = new AbortController();
  private known: Trail = { pages: [], isAtTop: false };
  private drawn = { first: 0, last: 0 };
  private stale = new Set<string | null>();
  private isBusy = false;
  private wantsMore = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ofAddress: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly path: string,
    private readonly start: string | null,
    private readonly shown: { value: Shown<Trail> },
    private readonly isOfNow: boolean,
  ) {}

  /** @returns what ends it */
  follow(): () => void {
    this.shown.value = { value: null, problem: null, at: null };
    void this.step();
    let isFirst = true;
    const stop = changes.subscribe(() => {
      if (!isFirst && this.isOfNow) this.refreshIn(pause);
      isFirst = false;
    });
    const look = (): void => this.refresh();
    addEventListener('online', look);
    return () => {
      this.cancel.abort();
      clearTimeout(this.timer);
      clearTimeout(this.ofAddress);
      removeEventListener('online', look);
      stop();
    };
  }

  readonly onDrawn = (first: number, last: number): void => {
    this.drawn = { first, last };
    void this.step();
    clearTimeout(this.ofAddress);
    this.ofAddress = setTimeout(() => this.putInAddress(), rest);
  };

  readonly more = (): void => {
    this.wantsMore = true;
    void this.step();
  };

  /** Whoever copies it, or reloads, is here again. */
  private putInAddress(): void {
    const { first } = this.drawn;
    const page = this.known.pages[pageAt(this.known, first === 0 ? 0 : first + beyond)];
    if (page !== undefined) go(withQuery({ cursor: page.cursor }), { replace: true });
  }

  private refreshIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), milliseconds);
  }

  /** What is in sight, and both ends: there entries are added. */
  private refresh(): void {
    const { pages } = this.known;
    const [first, last] = [pageAt(this.known, this.drawn.first), pageAt(this.known, this.drawn.last)];
    for (const [index, { cursor, next }] of pages.entries())
      if ((index >= first && index <= last) || index === 0 || next === null) this.stale.add(cursor);
    void this.step();
  }

  /** Asks for one page after the other until there is nothing more to ask for. */
  private async step(): Promise<void> {
    const wanted = this.isBusy ? null : this.wanted();
    if (wanted === null) return;
    this.isBusy = true;
    const asked = await ask('audit-trail', this.pathOf(wanted.cursor), this.cancel.signal);
    this.isBusy = false;
    if (this.cancel.signal.aborted) return;
    if ('problem' in asked) {
      this.shown.value = { ...this.shown.value, problem: asked.problem };
      this.refreshIn(patience);
      return;
    }
    this.stale.delete(wanted.cursor);
    this.take(wanted, { ...asked.value, cursor: wanted.cursor });
    if (this.isOfNow) this.refreshIn(patience);
    await this.step();
  }

  private wanted(): { readonly cursor: string | null; readonly where: Where } | null {
    const { pages, isAtTop } = this.known;
    const [top, end] = [pages.at(0), pages.at(-1)];
    if (top === undefined || end === undefined) return { cursor: this.start, where: 'after' };
    const [stale] = this.stale;
    if (stale !== undefined) return { cursor: stale, where: 'again' };
    const count = pages.reduce((sum, { entries }) => sum + entries.length, 0);
    if (end.next !== null && (this.wantsMore || this.drawn.last > count - ahead))
      return { cursor: end.next, where: 'after' };
    if (!isAtTop && top.previous !== null && this.drawn.last > 0 && this.drawn.first < ahead)
      return { cursor: top.previous, where: 'before' };
    return null;
  }

  private take({ where }: { readonly where: Where }, page: Page<Entry>): void {
    if (where === 'after') this.wantsMore = false;
    if (where === 'before') {
      const { first, last } = this.drawn;
      this.drawn = { first: first + page.entries.length, last: last + page.entries.length };
    }
    this.known =
      where === 'again'
        ? again(this.known, page, limit)
        : where === 'after'
          ? after(this.known, page)
          : before(this.known, page, limit);
    this.shown.value = { value: this.known, problem: null, at: Date.now() };
  }

  private pathOf(cursor: string | null): string {
    const page = new URLSearchParams({ limit: String(limit), ...(cursor === null ? {} : { cursor }) });
    return withMore(this.path, page.toString());
  }
}

type Where = 'after' | 'before' | 'again';
