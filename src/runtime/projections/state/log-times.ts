import type { EventStore, StoredEvent } from '../../../store/port.js';
import type { Moment, PositionMoment } from '../../moment.js';

/** The log up to and including a position, and the latest time at which an event of it was recorded. */
export interface LogMark {
  readonly position: bigint;
  readonly latest: string;
}

/** Marks are this many events apart: that much is read at most to find an old time. */
const EVENTS_PER_MARK = 1_000;

/** Answers that are kept for views of the same moment. */
const KEPT_ANSWERS = 256;

/** After every time. */
const NEVER = '~';

/** A clock that is less behind the log than this is not behind, in milliseconds. */
const TOLERANCE = { own: 1_000, others: 60_000 };

const BEGINNING: LogMark = { position: 0n, latest: '' };

/** Events that follow each other without a gap, from a mark on. */
class Run {
  private readonly events: LogMark[] = [];

  constructor(readonly from: LogMark) {}

  get end(): LogMark {
    return this.events.at(-1) ?? this.from;
  }

  get isFull(): boolean {
    return this.events.length >= EVENTS_PER_MARK;
  }

  add({ position, recordedAt }: Pick<StoredEvent, 'position' | 'recordedAt'>): void {
    const { latest } = this.end;
    this.events.push({ position, latest: recordedAt > latest ? recordedAt : latest });
  }

  /** The position before the first event recorded later than a time; null where no event of the run is later. */
  before(time: string): bigint | null {
    const index = this.events.findIndex(({ latest }) => latest > time);
    return index < 0 ? null : (this.events[index - 1] ?? this.from).position;
  }
}

/**
 * Which position of the log a time means: that of the last event before the first one recorded later. Several processes
 * write, and their clocks differ, so a later event may be recorded at an earlier time; it does not belong to that time.
 * So once an event is in the log that was recorded after a time, that time means one position, in every process and
 * whatever is appended. A time after the last event means the end of the log, until there is a later event.
 * Where the log was written by a clock that was ahead of this one, a time from now on means the end of the log as well: it
 * cannot be that what is recorded has not happened yet.
 */
export class LogTimes {
  /** In the order of the log; everything from its beginning to the last of them is known. */
  private marks: LogMark[] = [BEGINNING];
  private previous: Run | null = null;
  /** The last events; null where it is not known what was recorded before them. */
  private current: Run | null = new Run(BEGINNING);
  /** Position of the last event that came while `current` was not known. */
  private passedOver = 0n;
  private learning: Promise<void> | null = null;
  private readonly answers = new Map<string, bigint>();
  private latestTime = '';
  private readonly tolerance: number;

  /** @param clock null where it is never behind the log */
  constructor(
    private readonly store: Pick<EventStore, 'readAll' | 'status'>,
    private readonly clock: (() => Date) | null = null,
  ) {
    this.tolerance = store.status === undefined ? TOLERANCE.own : TOLERANCE.others;
  }

  /** The latest time at which an event that is known was recorded; empty before the first. */
  get latest(): string {
    return this.latestTime;
  }

  /** The next event to be added is the first after `position`. The marks are of the log up to there. */
  begin(position: bigint, marks: readonly LogMark[]): void {
    this.marks = [BEGINNING, ...marks];
    this.answers.clear();
    this.previous = null;
    const last = this.marks.at(-1) ?? BEGINNING;
    this.latestTime = last.latest;
    this.current = last.position === position ? new Run(last) : null;
    this.passedOver = position;
  }

  /** Takes the next events of the log. */
  add(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (event.recordedAt > this.latestTime) this.latestTime = event.recordedAt;
      if (this.current === null) this.passedOver = event.position;
      else this.current = this.added(this.current, event);
    }
  }

  /** The marks up to the last event that was added; none where what came before it is not known. */
  known(): readonly LogMark[] {
    return this.current === null ? [] : [...this.marks.slice(1), this.current.end];
  }

  /** @throws StoreUnavailableError */
  async positionOf(moment: Moment): Promise<PositionMoment> {
    if (moment.kind === 'position') return moment;
    return { kind: 'position', position: await this.positionAt(moment.time) };
  }

  /**
   * Whether the position of a time says nothing about what had happened by then: what comes after it in the log, or was
   * recorded later, is of a clock that was ahead.
   * @throws StoreUnavailableError
   */
  async cannotTell(moment: Moment, { position }: PositionMoment): Promise<boolean> {
    const now = this.nowWhereBehind();
    if (moment.kind === 'position' || now === null) return false;
    return moment.time >= now || (await this.ruledAt(now)) === position;
  }

  private async positionAt(time: string): Promise<bigint> {
    const now = this.nowWhereBehind();
    return now !== null && time >= now ? await this.endOfLog() : await this.ruledAt(time);
  }

  /** Null where the clock is not behind the log. */
  private nowWhereBehind(): string | null {
    const now = this.clock?.() ?? null;
    return now !== null && Date.parse(this.latestTime) - now.getTime() > this.tolerance
      ? now.toISOString()
      : null;
  }

  private async endOfLog(): Promise<bigint> {
    return await this.search(NEVER, (await this.learned()).end);
  }

  private async ruledAt(time: string): Promise<bigint> {
    const kept = this.answers.get(time);
    if (kept !== undefined) return kept;
    const current = await this.learned();
    const run = [current, this.previous].find((one) => one !== null && one.from.latest <= time);
    const found = run?.before(time) ?? null;
    if (found !== null) return this.keep(time, found);
    const start = run === current ? current.end : this.marks.findLast(({ latest }) => latest <= time);
    return await this.search(time, start ?? BEGINNING);
  }

  /** @param start nothing up to there was recorded later */
  private async search(time: string, start: LogMark): Promise<bigint> {
    let { position } = start;
    for await (const page of this.store.readAll({ after: position, pageSize: EVENTS_PER_MARK })) {
      for (const event of page) {
        if (event.recordedAt > time) return this.keep(time, position);
        ({ position } = event);
      }
    }
    return position;
  }

  private keep(time: string, position: bigint): bigint {
    if (this.answers.size >= KEPT_ANSWERS) this.answers.clear();
    this.answers.set(time, position);
    return position;
  }

  /** Reads what is not known, once: the cache of an earlier release has no marks. */
  private async learned(): Promise<Run> {
    if (this.current !== null) return this.current;
    this.learning ??= this.learn().finally(() => (this.learning = null));
    await this.learning;
    return await this.learned();
  }

  private async learn(): Promise<void> {
    let run = new Run(this.marks.at(-1) ?? BEGINNING);
    do {
      for await (const page of this.store.readAll({ after: run.end.position })) {
        for (const event of page) run = this.added(run, event);
      }
    } while (this.passedOver > run.end.position);
    this.current = run;
  }

  private added(run: Run, event: StoredEvent): Run {
    if (event.position <= run.end.position) return run;
    run.add(event);
    if (!run.isFull) return run;
    this.previous = run;
    this.marks.push(run.end);
    return new Run(run.end);
  }
}
