import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Configuration, ConfigurationError, readConfiguration } from '../../src/configuration.js';
import { fields } from './fields.js';

/** The values that hold where no variable is set. */
const defaults: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(new Configuration()));

/** The rows of the README's one table of variables, without the column that says what they mean. */
function rowsOfReadme(): string[][] {
  const [, section = ''] = readFileSync('README.md', 'utf8').split('\n## Configuration\n');
  const rows =
    section
      .split('\n## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('| `')) ?? [];
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, 4)
      .map((cell) => cell.trim()),
  );
}

describe('the configuration', () => {
  test('stands in the README: every variable with its default and its limits, and no other', () => {
    expect(rowsOfReadme()).toEqual(
      fields.map(({ name, byDefault, limits }) => [
        `\`${name}\``,
        byDefault === '' ? '(empty)' : `\`${byDefault}\``,
        limits,
      ]),
    );
  });

  test('has defaults, also where a variable is empty', () => {
    expect(readConfiguration({})).toEqual(new Configuration());
    const empty = Object.fromEntries(fields.map(({ name }) => [name, '']));
    expect(readConfiguration(empty)).toEqual(new Configuration());
    for (const { name, byDefault } of fields) {
      expect(readConfiguration({ [name]: byDefault })).toEqual(new Configuration());
    }
  });

  test('takes what is given, and passes over what is not its own', () => {
    const given = {
      PORT: '0',
      LOG_LEVEL: 'WARN',
      DATA_DIR: '/var/lib/pool keeper',
      HOST: '::1',
      HOME: '/root',
    };
    expect(readConfiguration(given)).toEqual({
      ...defaults,
      PORT: 0,
      LOG_LEVEL: 'warn',
      DATA_DIR: '/var/lib/pool keeper',
      HOST: '::1',
    });
  });

  test.each(['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'])(
    'takes a connection string with the scheme %s',
    (scheme) => {
      const EVENT_STORE = `${scheme}://db:2113?tls=false`;
      expect(readConfiguration({ EVENT_STORE })).toMatchObject({ EVENT_STORE });
    },
  );

  test.each(fields)('a wrong $name is refused with a sentence that names it', ({ name, wrong }) => {
    for (const value of wrong) {
      const read = (): Configuration => readConfiguration({ [name]: value });
      expect(read).toThrow(ConfigurationError);
      const shown = ['EVENT_STORE', 'SEAL_WEBHOOK', 'OIDC_CLIENT_SECRET'].includes(name)
        ? 'not shown'
        : `"${value}"`;
      expect(read).toThrow(`The configuration is not valid: ${name} is ${shown}, but `);
    }
  });

  test('every wrong variable is named at once', () => {
    const all = Object.fromEntries(fields.map(({ name, wrong: [value] }) => [name, value]));
    for (const { name } of fields) expect(() => readConfiguration(all)).toThrow(`${name} is `);
  });
});
