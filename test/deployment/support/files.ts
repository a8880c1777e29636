/** The files that containers are made from, as far as the tests read them. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '..', '..', '..');

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

export interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly user?: string;
  readonly profiles?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly command?: readonly string[];
  readonly networks?: Readonly<Record<string, { readonly aliases: readonly string[] }>>;
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export const composeText = textOf('docker-compose.yml');
export const compose = parse(composeText, { merge: true }) as Compose;
export const services: readonly (readonly [string, Service])[] = Object.entries(compose.services);

export const environmentOf = (service: string): Readonly<Record<string, unknown>> =>
  compose.services[service]?.environment ?? {};

/** One instruction a line; a continued one is joined. */
export const dockerfile: readonly string[] = textOf('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

export const instructions = (name: string): readonly string[] =>
  dockerfile.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim());

export const ignored: readonly string[] = textOf('.dockerignore').split('\n').filter(Boolean);
