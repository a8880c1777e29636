/** What can be measured of a screen in the browser: its targets, its tables, what moves, what is cut off. */
import type { Page } from 'playwright-core';

/** Functions that run in the page, where this program's types do not reach. */
const helpers = `
  const shownNow = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && element.getClientRects().length > 0;
  const named = (element) => element.tagName.toLowerCase() + ' "' + (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60) + '"';
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((element) => shownNow(element) && !element.disabled);
`;

const measured = async (page: Page, body: string): Promise<readonly string[]> =>
  await page.evaluate<readonly string[]>(`(() => { ${helpers} ${body} })()`);

/**
 * Targets of less than 24 by 24 pixels (WCAG 2.2, 2.5.8) that none of its exceptions holds for: those in the line of a
 * sentence, and those with room around them, whose circle of 24 pixels meets no other target.
 */
export const smallTargets = (page: Page): Promise<readonly string[]> =>
  measured(
    page,
    `const targets = stops.filter((element) => !element.matches('.scroll, .skip'));
     const boxOf = (element) => element.getBoundingClientRect();
     const isSmall = (element) => { const { width, height } = boxOf(element); return width < 23.99 || height < 23.99; };
     const inSentence = (element) => {
       if (getComputedStyle(element).display !== 'inline') return false;
       const line = element.parentElement.closest('p, li, dd, td, th, span, bdi');
       return line !== null && line.textContent.trim().length > element.textContent.trim().length;
     };
     const meets = (element) => {
       const box = boxOf(element);
       const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
       return targets.some((other) => {
         if (other === element || other.contains(element) || element.contains(other)) return false;
         const near = boxOf(other);
         if (isSmall(other)) return Math.hypot(near.left + near.width / 2 - x, near.top + near.height / 2 - y) < 24;
         return Math.hypot(Math.max(near.left - x, 0, x - near.right), Math.max(near.top - y, 0, y - near.bottom)) < 12;
       });
     };
     return targets.filter((element) => isSmall(element) && !inSentence(element) && meets(element))
       .map((element) => named(element) + ' is ' + Math.round(boxOf(element).width) + ' by ' + Math.round(boxOf(element).height));`,
  );

/** Tables without a caption, cells of heading without a scope, rows without a heading. */
export const tableFaults = (page: Page): Promise<readonly string[]> =>
  measured(
    page,
    `const faults = [];
     for (const table of document.querySelectorAll('table')) {
       const caption = (table.caption?.textContent ?? '').trim();
       if (caption === '') faults.push('no caption: ' + named(table));
       if (table.tHead === null) faults.push('no heading: ' + caption);
       for (const heading of table.querySelectorAll('th')) {
         const wanted = heading.closest('thead') === null ? 'row' : 'col';
         if (![wanted, wanted + 'group'].includes(heading.scope)) faults.push(caption + ': no scope: ' + named(heading));
         if (heading.textContent.trim() === '') faults.push(caption + ': a heading without text');
       }
       for (const row of table.querySelectorAll('tbody tr:not([aria-hidden])'))
         if (row.querySelector('th') === null) faults.push(caption + ': a row without a heading: ' + named(row));
     }
     for (const grid of document.querySelectorAll(':not(table)[role=table], [role=grid]')) faults.push('no real table: ' + named(grid));
     return faults;`,
  );

/** Whatever moves by itself, or slides from one place to another. */
export const moving = (page: Page): Promise<readonly string[]> =>
  measured(
    page,
    `const faults = document.getAnimations().map(() => 'an animation runs');
     for (const element of document.querySelectorAll('*')) {
       const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
       if (transitionDuration.split(',').some((time) => parseFloat(time) > 0) || animationName !== 'none' || scrollBehavior === 'smooth')
         faults.push(named(element) + ' moves');
     }
     return faults;`,
  );

/** What is wider than the window, or than the box that hides the rest of it. */
export const cutOff = (page: Page): Promise<readonly string[]> =>
  measured(
    page,
    `const faults = [];
     const width = document.documentElement.clientWidth;
     if (document.documentElement.scrollWidth > width) faults.push('the page is ' + document.documentElement.scrollWidth + ' wide');
     for (const element of document.querySelectorAll('body *:not(svg *)')) {
       if (!shownNow(element) || element.closest('.unseen, .skip') !== null) continue;
       const { overflowX, textOverflow } = getComputedStyle(element);
       const hides = ['hidden', 'clip'].includes(overflowX) && !element.matches('input, select, button, svg');
       if ((hides && element.scrollWidth > element.clientWidth + 1) || textOverflow === 'ellipsis') faults.push('cut off: ' + named(element));
       const frame = element.closest('.scroll, pre');
       const { left, right } = element.getBoundingClientRect();
       if (frame === null && (right > width + 1 || left < -1)) faults.push('outside: ' + named(element));
     }
     return faults;`,
  );

/** Paragraphs with more characters in a line than the eye follows. */
export const longLines = (page: Page, most: number): Promise<readonly string[]> =>
  measured(
    page,
    `const faults = [];
     for (const element of document.querySelectorAll('main p, main li, main dd, main summary, main blockquote')) {
       if (!shownNow(element) || element.querySelector('p, li, dd, summary, table, form, svg') !== null) continue;
       const text = (element.textContent ?? '').trim();
       if (text.length <= ${most}) continue;
       const range = document.createRange();
       range.selectNodeContents(element);
       const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 12)));
       const each = text.length / lines.size;
       if (each > ${most}) faults.push(Math.round(each) + ' characters in a line: ' + named(element));
     }
     return faults;`,
  );

/** What the Tab key has to reach, by a number that the page gives to each. */
export interface Walk {
  /** Stops that the Tab key never came to. */
  readonly missed: readonly string[];
  /** Stops on which nothing shows that they are focused, or which lie outside of the window then. */
  readonly unseen: readonly string[];
}

/** Presses Tab from the beginning of the page to its end. */
export async function walk(page: Page): Promise<Walk> {
  const count = await page.evaluate<number>(`(() => { ${helpers}
    stops.forEach((element, index) => element.setAttribute('data-stop', String(index)));
    const seen = new Map();
    document.walked = { stops, seen };
    document.addEventListener('focusin', ({ target }) => {
      const style = getComputedStyle(target);
      const inside = target.querySelector(':scope > rect');
      const isOutlined = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || (inside !== null && parseFloat(getComputedStyle(inside).strokeWidth) >= 2);
      const { top, bottom, left, right } = target.getBoundingClientRect();
      const isInside = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
      seen.set(target, isOutlined && isInside);
    });
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    return stops.length; })()`);
  for (let press = 0; press < count; press += 1) await page.keyboard.press('Tab');
  return await page.evaluate<Walk>(`(() => { ${helpers}
    const { stops: wanted, seen } = document.walked;
    return {
      missed: wanted.filter((element) => element.isConnected && !seen.has(element)).map(named),
      unseen: [...seen].filter(([, isSeen]) => !isSeen).map(([element]) => named(element)),
    }; })()`);
}
