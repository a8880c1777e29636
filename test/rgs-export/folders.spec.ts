import { describe, expect, it } from '@jest/globals';
import { deployment } from '../../examples/generator/export-file/deployment.js';
import { entriesOf, usualStyle } from '../../examples/generator/export-file/export-file.js';
import { zipOf, type ZipEntry } from '../../examples/generator/export-file/zip.js';
import { contentFor, readExport } from '../../src/rgs-export/read-export.js';

const entries = entriesOf(deployment({ workflows: 2, audioFiles: 1 }), usualStyle);
const within = (folder: string): readonly ZipEntry[] =>
  entries.map((entry) => ({ ...entry, name: folder + entry.name }));
const zipFile = (name: string): ZipEntry => ({ name, content: zipOf(entries) });

describe('An export that was packed again', () => {
  it('is read with a folder around its files, and beside files of other things', async () => {
    const whole = await readExport(zipOf(entries));
    const again = await readExport(zipOf(within('Backup 12/Rgs/')));
    expect(again.objects).toEqual(whole.objects);
    expect(again.audio).toEqual(whole.audio);
    const topology = { name: 'Topology/Configuration.xml', content: Buffer.from('<topology />') };
    const beside = await readExport(zipOf([...within('Rgs/'), topology]));
    expect(beside.objects).toEqual(whole.objects);
    expect(beside.findings).toMatchObject([{ code: 'file-unknown', entry: 'Topology/Configuration.xml' }]);
  });

  it('is not guessed where there are two', async () => {
    await expect(readExport(zipOf([...within('Berlin/'), ...within('Bonn/')]))).rejects.toThrow(
      /in several folders: "Berlin\/RgsImportExport", "Bonn\/RgsImportExport"/,
    );
  });

  it.each([
    [[zipFile('Set/Rgs.zip')], /another zip, "Set\/Rgs\.zip": unpack that one/],
    [[zipFile('a.zip'), zipFile('b.zip')], /other zips: "a\.zip", "b\.zip"\. Unpack/],
    [[{ name: 'notes.txt', content: Buffer.from('x') }], /There are: "notes\.txt"/],
  ])('is named where it is a zip in the zip', async (inside, sentence) => {
    await expect(readExport(zipOf(inside))).rejects.toThrow(sentence);
  });
});

it('What is decided on has the pools that the file names, and a list of people only where it has one', async () => {
  const read = await readExport(zipOf(entries));
  expect(contentFor({ ...read, parents: ['pool-a.contoso.com'], lists: [] })).toMatchObject({
    parents: ['pool-a.contoso.com'],
  });
  expect(contentFor({ ...read, lists: [] })).not.toHaveProperty('agents');
  expect(contentFor({ ...read, lists: ['agents'] })).toHaveProperty('agents', read.agents);
});
