/** Files of an export from hand-made CLIXML, honest or not. */
import { zipOf, type ZipEntry } from '../../../examples/generator/export-file/zip.js';

export const objs = (body: string): string =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${body}</Objs>`;

export const entry = (
  name: string,
  content: string | Uint8Array,
  more: Partial<ZipEntry> = {},
): ZipEntry => ({
  name: `RgsImportExport/${name}`,
  content: Buffer.from(content as string),
  ...more,
});

/** A zip with one file, which holds these values. */
export const zipWith = (file: string, body: string, ...more: readonly ZipEntry[]): Buffer =>
  zipOf([entry(file, objs(body)), ...more]);

export const text = (name: string, value: string): string => `<S N="${name}">${escaped(value)}</S>`;

/** An object with these properties, which are CLIXML already. */
export const object = (id: string, name: string, ...properties: readonly string[]): string =>
  `<Obj><Props>${text('InstanceId', id)}${text('Name', name)}${properties.join('')}</Props></Obj>`;

/** As PowerShell writes what XML cannot hold. */
const escaped = (value: string): string =>
  value
    .replace(/\p{Cc}/gu, (found) => `_x${found.charCodeAt(0).toString(16).padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
