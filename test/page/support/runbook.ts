/** The runbook's steps on the page: opened, previewed and recorded by its buttons. */
import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';

/** Its state follows in brackets: no other title begins with it. */
const exactly = (title: string): RegExp => new RegExp(`${title}\\s*\\(`);

export const stepOf = (at: Page, title: string): Locator =>
  at.locator('.step', { has: at.locator('summary', { hasText: exactly(title) }) }).first();

export async function openStep(at: Page, title: string): Promise<Locator> {
  const step = stepOf(at, title);
  await step.waitFor();
  const details = step.locator('details').first();
  // The page may open the step by itself just before the click, which then closes it.
  const isOpen = async (): Promise<boolean> => (await details.getAttribute('open')) !== null;
  while (!(await isOpen())) {
    await details.locator('summary').first().click();
    await step
      .locator('details[open]')
      .first()
      .waitFor({ timeout: 2_000 })
      .catch(() => null);
  }
  return step;
}

/**
 * Fills what only the person knows, and looks at the preview, which must accept it.
 * @param text what is typed into every field that is empty
 * @returns the form, and what the preview says
 */
export async function previewStep(
  at: Page,
  title: string,
  text: string,
): Promise<{ readonly form: Locator; readonly said: string }> {
  const form = (await openStep(at, title)).locator('form.record').first();
  await form.waitFor();
  for (const list of await form.locator('select').all()) await list.selectOption({ index: 1 });
  for (const field of await form.locator('input').all()) await field.fill(text);
  await form.getByRole('button', { name: 'Show what recording it does' }).click();
  const preview = form.locator('.note').first();
  await preview.waitFor();
  const said = await preview.innerText();
  expect([title, said]).toEqual([title, expect.stringContaining('It would be accepted.')]);
  return { form, said };
}

/**
 * Looks at the preview, and records the step.
 * @returns what the preview says
 */
export async function recordStep(at: Page, title: string, text: string): Promise<string> {
  const { form, said } = await previewStep(at, title, text);
  await form.getByRole('button', { name: 'Record it', exact: true }).click();
  return said;
}

export const stepIsDone = (at: Page, title: string): Promise<void> =>
  at.locator('.step-done', { has: at.locator('summary', { hasText: exactly(title) }) }).waitFor();

export const poolIsIn = (at: Page, stage: string): Promise<void> =>
  at.locator(`.stage-${stage}`).first().waitFor();
