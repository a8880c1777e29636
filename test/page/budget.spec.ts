/** How much a browser has to load. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const built = resolve(import.meta.dirname, '../../dist/web');
const index = readFileSync(join(built, 'index.html'), 'utf8');
const sizeOf = (name: string): number => readFileSync(join(built, 'assets', `${name}.br`)).length;
const assets = readdirSync(join(built, 'assets')).filter((name) => /\.(js|css)$/.test(name));
const sum = (names: readonly string[]): number => names.reduce((total, name) => total + sizeOf(name), 0);

describe('The page, compressed', () => {
  const first = assets.filter((name) => index.includes(name));

  it('has a first screen of at most 35 kB of scripts and 8 kB of styles', () => {
    expect(first.some((name) => name.endsWith('.js'))).toBe(true);
    expect(sum(first.filter((name) => name.endsWith('.js')))).toBeLessThanOrEqual(35_000);
    expect(sum(first.filter((name) => name.endsWith('.css')))).toBeLessThanOrEqual(8_000);
  });

  it('has at most 80 kB in all', () => {
    expect(sum(assets)).toBeLessThanOrEqual(80_000);
  });

  it('asks for nothing from elsewhere', () => {
    const links = [...index.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(links.filter((address) => !address.startsWith('/') || address.startsWith('//'))).toEqual([]);
  });
});
