import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const script = (fault: string): string => `
  import { endInWords } from ${JSON.stringify(resolve('dist/src/api/last-words.js'))};
  import { openLog } from ${JSON.stringify(resolve('dist/src/api/service-log.js'))};
  endInWords(openLog('info'));
  setInterval(() => undefined, 1_000);
  ${fault}`;

test.each([
  ['an error that nothing catches', 'setTimeout(() => { throw new Error("the floor is lava"); });'],
  ['a promise that nobody awaits', 'void Promise.reject(new Error("the floor is lava"));'],
  [
    'two of them at once',
    'for (const n of [1, 2]) setTimeout(() => { throw new Error("the floor is lava"); });',
  ],
])('%s ends the process with a sentence and status 1, and stands in the log', async (_what, fault) => {
  const { code, out, said } = await new Promise<{ code: unknown; out: string; said: string }>((done) => {
    execFile(process.execPath, ['--input-type=module', '-e', script(fault)], (error, stdout, stderr) =>
      done({ code: error?.code, out: stdout, said: stderr }),
    );
  });
  expect(code).toBe(1);
  expect(said).toContain(
    'Poolkeeper ends, because of an error that it does not know how to handle: the floor is lava',
  );
  expect(said).not.toMatch(/^ +at /m);
  expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({
    level: 60,
    err: { message: 'the floor is lava' },
  });
});
