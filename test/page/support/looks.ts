/** The looks in which every screen has to be readable. */
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findingsOn, settled } from './browser.js';

export const looks = [
  ['light', { colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['forced colours', { colorScheme: 'dark', forcedColors: 'active' }],
] as const;

/** What axe finds in each look. */
export async function findingsInAllLooks(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [look, media] of looks) {
    await page.emulateMedia(media);
    // What a screen is made of is the same in each.
    const rules = look === 'light' ? null : ['color-contrast', 'link-in-text-block'];
    found.push(...(await findingsOn(page, rules)).map((finding) => `${look}: ${finding}`));
  }
  return found;
}

/** Axe finds nothing in any look, and at 320 pixels nothing scrolls to the side. */
export async function everybodyCanRead(page: Page): Promise<void> {
  await settled(page);
  expect(await findingsInAllLooks(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
}
