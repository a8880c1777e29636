/** What views show, now and of earlier moments, to be compared. */
import type { Service } from './service.js';

/** It goes on between commands only, so that two answers to the same question are about the same moment. */
export class Clock {
  private time = Date.parse('2026-11-24T03:00:00Z');
  readonly now = (): Date => new Date(this.time);
  goOn(): void {
    this.time += 60_000;
  }
}

export const at = (url: string, moment: string): string => `${url}${url.includes('?') ? '&' : '?'}${moment}`;

export type Shown = Readonly<Record<string, unknown>>;

/** Each view, or the status of its refusal. */
export async function everything(
  service: Service,
  urls: readonly string[],
  moment: string | null,
): Promise<Shown> {
  const shown: Record<string, unknown> = {};
  for (const url of urls) {
    const { status, body } = await service.get(moment === null ? url : at(url, moment));
    if (status >= 500) throw new Error(`${moment === null ? url : at(url, moment)}: ${JSON.stringify(body)}`);
    const { position: _position, asOf: _asOf, ended: _ended, ...content } = body;
    shown[url] = status === 200 ? content : status;
  }
  return shown;
}

export const only = (urls: readonly string[], shown: Shown): Shown =>
  Object.fromEntries(urls.map((url) => [url, shown[url]]));

/** Fails with what led to it, where two answers to the same questions are not the same. */
export function differ(given: readonly string[], when: string, before: Shown, after: Shown): void {
  const other = Object.keys(before).filter(
    (url) => JSON.stringify(before[url]) !== JSON.stringify(after[url]),
  );
  const [url = ''] = other;
  if (other.length === 0) return;
  const [was, is] = [JSON.stringify(before[url] ?? null), JSON.stringify(after[url] ?? null)];
  const apart = Array.from({ length: was.length }, (_, place) => place).find(
    (place) => was[place] !== is[place],
  );
  const from = Math.max(0, (apart ?? is.length) - 200);
  const told = [was, is].map((text) => text.slice(from, from + 600));
  throw new Error([...given, when, other.join(' '), ...told].join('\n'));
}

export const positionOf = async ({ poolkeeper }: Service): Promise<string> =>
  String((await poolkeeper.store.lastPosition()) ?? 0n);
