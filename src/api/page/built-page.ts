import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The page as `npm run build` made it. */
export interface BuiltPage {
  /** Assets, whose names hold their hashes. */
  readonly assets: string;
  readonly index: string;
  readonly favicon: string;
  /** Of the index, without quotes. */
  readonly etag: string;
}

/** Null where it was not built, as in an application that holds Poolkeeper without it. */
export function builtPage(): BuiltPage | null {
  const folder = join(packageFolder(import.meta.dirname), 'dist', 'web');
  const path = join(folder, 'index.html');
  if (!existsSync(path)) return null;
  const index = readFileSync(path, 'utf8');
  return {
    assets: join(folder, 'assets'),
    index,
    favicon: readFileSync(join(folder, 'favicon.svg'), 'utf8'),
    etag: createHash('sha256').update(index).digest('base64url').slice(0, 22),
  };
}

/** The nearest folder above that has a package.json; the root of the disk where there is none. */
function packageFolder(folder: string): string {
  const above = dirname(folder);
  return above === folder || existsSync(join(folder, 'package.json')) ? folder : packageFolder(above);
}
