/**
 * A writer in a separate process: `node writer.mjs <folder> <stream> <count>`.
 * Runs the TypeScript sources directly, appends one event after another and prints each position when it is stored.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, sourceMaps: false });
    return { format: 'module', source: code, shortCircuit: true };
  },
});

const [folder, stream, count] = process.argv.slice(2);
const { openSqliteStore } = await import('../../../src/store/open-store.js');
try {
  const store = await openSqliteStore({ folder, clock: () => new Date() });
  for (let n = 0; n < Number(count); n += 1) {
    const event = { id: randomUUID(), type: 'CallArrived', schemaVersion: 1, data: { n }, metadata: {} };
    const { position } = await store.append(stream, [event], 'any');
    process.stdout.write(`${position}\n`);
  }
  await store.close();
} catch (error) {
  process.stdout.write(`${error.name}: ${error.message}\n`);
}
