import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { lintFromString, loadConfig } from '@redocly/openapi-core';
import { documentFile, examplesFile, fileText } from '../../examples/answers/files.js';
import { recordAnswers, type Recording } from '../../examples/answers/record.js';
import { operations } from '../../src/api/documentation/operations.js';
import { answers } from '../../src/contract/answers.js';
import { version } from '../../src/contract/version.js';
import { exampleMisfit, shownExamples } from './support/documented-examples.js';

const root = join(import.meta.dirname, '..', '..');
let recording: Recording;
beforeAll(async () => {
  recording = await recordAnswers();
});

describe('docs/openapi.json', () => {
  it('is what `npm run openapi` writes', () => {
    expect(readFileSync(examplesFile, 'utf8')).toBe(fileText(recording.examples));
    expect(readFileSync(documentFile, 'utf8')).toBe(fileText(recording.document));
  });

  it('is OpenAPI 3.1 without a warning that redocly.yaml does not argue away', async () => {
    const config = await loadConfig({ configPath: join(root, 'redocly.yaml') });
    const source = readFileSync(documentFile, 'utf8');
    const problems = await lintFromString({ source, absoluteRef: documentFile, config });
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
    expect(recording.document.openapi).toBe('3.1.0');
  });

  it('names the version of the package', () => {
    const { version: packaged } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    expect({ document: recording.document.info.version, version }).toEqual({
      document: packaged,
      version: packaged,
    });
  });

  it('has an answer for every operation that answers in JSON', () => {
    expect(
      Object.keys(operations)
        .filter((id) => !(id in answers))
        .sort(),
    ).toEqual([
      'fleet-live',
      'latest-seal',
      'live',
      'metrics',
      'replay',
      'seal-key',
      'sealed-log',
      'sign-in',
      'sign-in-callback',
      'sign-out',
    ]);
  });

  it('shows an example of every answer, and each is as its schema says', () => {
    const examples = shownExamples();
    expect(examples.filter(({ example }) => example === undefined).map(({ where }) => where)).toEqual([
      'health 503 application/problem+json',
      'healthReadiness 503 application/problem+json',
    ]);
    const shown = examples.filter(({ example }) => example !== undefined);
    expect(shown.map(exampleMisfit).filter((misfit) => misfit !== null)).toEqual([]);
  });
});
