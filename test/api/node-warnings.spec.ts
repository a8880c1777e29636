import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { logWarnings } from '../../src/api/node-warnings.js';

test('a warning of Node is one line of JSON with its code, and Node itself prints nothing', () => {
  const lines: string[] = [];
  const ofProcess = new EventEmitter();
  ofProcess.on('warning', () => lines.push('(node:1) [DEP0123] DeprecationWarning: as text'));
  logWarnings(ofProcess, pino({ base: null }, { write: (line: string) => void lines.push(line) }));
  const warning = Object.assign(new Error('Setting the TLS ServerName to an IP address is not permitted'), {
    name: 'DeprecationWarning',
    code: 'DEP0123',
  });
  ofProcess.emit('warning', warning);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 40, name: 'DeprecationWarning', code: 'DEP0123', msg: warning.message },
  ]);
});
