import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { experienceMatrix } from '../../policy/experience/matrix.js';
import { findingKinds } from '../../policy/readiness/findings.js';
import { statements } from '../../policy/statements.js';
import { allReasons, reasonOf } from '../../src/domain/reasons.js';
import { rules } from '../../src/domain/rules.js';

const root = join(import.meta.dirname, '..', '..');

/** The text of every file of some rooms. */
const sources = ['policy', 'facts', 'projections', 'src/domain', 'src/runtime'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, room, file), 'utf8')),
);

/** The first texts that are given to a function anywhere. */
const givenTo = (name: string): readonly string[] => [
  ...new Set(
    sources.flatMap((text) =>
      [...text.matchAll(new RegExp(`\\b${name}\\(\\s*'([^']+)'`, 'g'))].map(([, id = '']) => id),
    ),
  ),
];

describe('Everything that `because` can hold is explained', () => {
  test('every statement, and those behind findings', () => {
    const named = Object.values(findingKinds).flatMap(({ because }) => because);
    for (const id of [...statements.map((statement) => statement.id), ...named])
      expect(reasonOf(id)?.kind).toBe('statement');
  });

  test('every inference of the matrix, of the policy and of what is folded', () => {
    const inMatrix = experienceMatrix.stages.flatMap(({ rows }) => rows.map(({ basis }) => basis));
    expect(inMatrix).toContain('inferred');
    const inferences = givenTo('inferred');
    expect(inferences.length).toBeGreaterThan(5);
    for (const id of [...inferences, 'normal-operation', 'normal-equals-failed-back'])
      expect([id, reasonOf(id)?.kind, reasonOf(`inferred/${id}`)?.kind]).toEqual([
        id,
        'inference',
        'inference',
      ]);
  });

  test('every rule that refuses', () => {
    const refusing = [...givenTo('refusedBy'), ...givenTo('refused')];
    expect(refusing.length).toBeGreaterThan(20);
    for (const id of [...refusing, ...Object.keys(rules)])
      expect([id, reasonOf(id)?.kind]).toEqual([id, 'rule']);
  });

  test('once, with a sentence', () => {
    expect(new Set(allReasons.map(({ id }) => id)).size).toBe(allReasons.length);
    for (const { text } of allReasons) expect(text).toMatch(/\.$/);
  });
});
