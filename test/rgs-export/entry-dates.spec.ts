import { describe, expect, it } from '@jest/globals';
import { deployment } from '../../examples/generator/export-file/deployment.js';
import { entriesOf } from '../../examples/generator/export-file/export-file.js';
import { zipOf, type ZipEntry } from '../../examples/generator/export-file/zip.js';
import { newestMoment } from '../../src/rgs-export/entry-dates.js';
import { readExport } from '../../src/rgs-export/read-export.js';
import { ownTimesOf } from '../../src/runtime/commands/written-at.js';

const entries = entriesOf(deployment({ workflows: 1, audioFiles: 0 }));
const datesOf = async (date: (entry: ZipEntry, index: number) => Partial<ZipEntry>, more: ZipEntry[] = []) =>
  (
    await readExport(
      zipOf([...entries.map((entry, index) => ({ ...entry, ...date(entry, index) })), ...more]),
    )
  ).entryDates;
const wall = (text: string) => datesOf(() => ({ wall: text }));
const hour = 3_600_000;

describe('The dates of the entries of a zip', () => {
  it('are what a clock showed, to two seconds', async () => {
    expect(await wall('2026-11-17T01:02:03')).toEqual({
      moment: null,
      wall: Date.parse('2026-11-17T01:02:02Z'),
    });
  });

  it('are moments where a tool of Unix wrote them', async () => {
    const moment = Date.parse('2026-11-17T00:02:03Z');
    expect(await datesOf(() => ({ unixTime: moment / 1_000 }))).toEqual({ moment, wall: null });
  });

  it('are those of the newest file of the export, whatever else is in the zip', async () => {
    const note = { name: 'readme.txt', content: Buffer.from('later'), wall: '2026-12-24T00:00:00' };
    const dates = await datesOf((_, index) => ({ wall: `2026-11-17T0${index}:00:00` }), [note]);
    expect(dates.wall).toBe(Date.parse(`2026-11-17T0${entries.length - 1}:00:00Z`));
  });

  it('are read by the clocks that wrote them, where these are known, else by those of this machine, which are in UTC', () => {
    const dates = { moment: null, wall: Date.parse('2026-11-17T02:00:00Z') };
    expect(newestMoment(dates, hour)).toBe(Date.parse('2026-11-17T01:00:00Z'));
    expect(newestMoment(dates, -5 * hour)).toBe(Date.parse('2026-11-17T07:00:00Z'));
    expect(newestMoment(dates, null)).toBe(dates.wall);
    expect(newestMoment({ ...dates, moment: dates.wall + hour }, null)).toBe(dates.wall + hour);
    expect(newestMoment({ moment: null, wall: null }, null)).toBeNull();
  });
});

describe('What a file says of when it was written', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const fileTime = { at: '2026-11-19T00:00:00.000Z', ahead: hour };
  const dated = (text: string) => ({ moment: null, wall: Date.parse(`${text}Z`) });

  it('is its entry dates and its file time', () => {
    expect(ownTimesOf(dated('2026-11-17T01:00:00'), fileTime, now)).toEqual({
      entryDates: '2026-11-17T00:00:00.000Z',
      fileTime: '2026-11-19T00:00:00.000Z',
    });
  });

  it.each([
    ['1980-01-01T00:00:00', 'which tools write that date nothing'],
    ['2011-12-31T00:00:00', 'when the cmdlet was not there yet'],
    ['2026-11-20T13:00:02', 'which is still to come'],
  ])('is nothing by an entry date of %s, %s', (text) => {
    expect(ownTimesOf(dated(text), fileTime, now)).toEqual({ fileTime: fileTime.at });
    expect(ownTimesOf(dated(text), { ...fileTime, at: '2026-11-20T12:00:01.000Z' }, now)).toEqual({});
  });

  it('is nothing where a damaged date field names none', async () => {
    const dates = await datesOf(() => ({ wall: '2026-15-00T29:61:00' }));
    expect(Object.values(ownTimesOf(dates, null, now)).every((time) => !Number.isNaN(Date.parse(time)))).toBe(
      true,
    );
  });
});
