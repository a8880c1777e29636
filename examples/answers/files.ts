import { resolve } from 'node:path';

/** Relative to the folder that npm runs in, which is that of the package. */
export const documentFile = resolve('docs/openapi.json');
export const examplesFile = resolve('src/api/documentation/examples.json');

export const fileText = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
