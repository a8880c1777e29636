import { terminal } from '../../../text/terminal.js';
import type { Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';
import type { Listed } from './changes.js';

const head = ['id', 'role', 'actor', 'pools', 'state', 'created', 'expires', 'note'];

export const keyTable = (keys: readonly Listed[], io: Io): string =>
  table(
    head,
    keys.map(({ id, role, actor, pools, state, created, expires, note }) => [
      terminal(id),
      role,
      terminal(actor),
      pools?.map(terminal).join('\n') ?? 'all',
      state,
      time(created ?? ''),
      time(expires ?? ''),
      terminal(note ?? ''),
    ]),
    io,
  );
