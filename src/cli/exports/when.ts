import type { AddExportAnswer } from '../../contract/commands.js';
import { time } from '../output/words.js';

const sources = {
  request: 'as was said',
  'entry-dates': 'by the dates of its entries',
  'file-time': 'by its file time',
} as const;

/** When a file was written, and what says so. */
export const whenText = ({
  writtenAt,
  writtenAtFrom,
}: Pick<AddExportAnswer, 'writtenAt' | 'writtenAtFrom'>): string =>
  writtenAt === null || writtenAtFrom === null
    ? 'nothing says when it was written: it counts as of when it was added'
    : `written ${time(writtenAt)}, ${sources[writtenAtFrom]}`;
