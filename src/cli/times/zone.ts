/** What clocks on the wall show in a zone of the IANA database, and when. */

/** The zone of this machine, or of the variable TZ; UTC where nothing says which. */
export function localZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return isZone(timeZone) ? timeZone : 'UTC';
}

export function isZone(zone: string | undefined): zone is string {
  if (zone === undefined) return false;
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** How far the clocks of a zone are ahead of UTC at a moment. Both in milliseconds, the moment since 1970 in UTC. */
export function offsetAt(moment: number, zone: string): number {
  const seconds = Math.floor(moment / 1_000) * 1_000;
  const shown = new Map(
    clockOf(zone)
      .formatToParts(seconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => shown.get(name) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - seconds;
}

/** What the clocks show at a moment, as the moment at which clocks in UTC show the same. */
export const wallAt = (moment: number, zone: string): number => moment + offsetAt(moment, zone);

export type Reading =
  | { readonly kind: 'once'; readonly moment: number }
  /** The hour that clocks go through twice when they are put back. */
  | { readonly kind: 'twice'; readonly moments: readonly [number, number] }
  /** The hour that clocks leave out when they are put forward: as the clocks before, and as those after, would have it. */
  | { readonly kind: 'never'; readonly nearest: readonly [number, number] };

const day = 86_400_000;

/** The moments at which clocks in the zone show this. @param wall as `wallAt` has it */
export function readingOf(wall: number, zone: string): Reading {
  const before = offsetAt(wall - day, zone);
  const after = offsetAt(wall + day, zone);
  const [first, second] = [wall - before, wall - after].toSorted((one, other) => one - other);
  const moments = [...new Set([first, second])].filter(
    (moment): moment is number => moment !== undefined && wallAt(moment, zone) === wall,
  );
  const [moment, other] = moments;
  if (moment !== undefined && other !== undefined) return { kind: 'twice', moments: [moment, other] };
  if (moment !== undefined) return { kind: 'once', moment };
  return { kind: 'never', nearest: [first ?? wall, second ?? wall] };
}
