import type { Io } from '../io.js';
import { table } from '../output/table.js';
import type { Listed } from './changes.js';

const head = ['id', 'role', 'actor', 'pools', 'state', 'created', 'expires', 'note'];

export const keyTable = (keys: readonly Listed[], io: Io): string =>
  table(
    head,
    keys.map(({ id, role, actor, pools, state, created, expires, note }) => [
      id,
      role,
      actor,
      pools?.join('\n') ?? 'all',
      state,
      created ?? '',
      expires ?? '',
      note ?? '',
    ]),
    io,
  );
