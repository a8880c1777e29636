import type { AccessLogAnswer, SessionAnswer } from '../../contract/access.js';
import type { Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';

export const sessionText = ({ actor, role, pools, provedBy, mayDo }: SessionAnswer): string =>
  [
    `${actor}: ${role}, for ${pools === null ? 'all pools' : pools.join(', ')} (${provedBy === 'nothing' ? 'not proved: the service is open' : `proved by ${provedBy}`})`,
    `  may do: ${mayDo.join(', ')}`,
  ].join('\n');

export const accessLogText = ({ entries }: AccessLogAnswer, io: Io): string =>
  table(
    ['when', 'what', 'client', 'operation', 'why', 'times'],
    entries.map(({ at, kind, client, actor, operation, status, reason, detail, count }) => [
      time(at),
      [kind, status].filter(Boolean).join(' '),
      actor === undefined ? client : `${client}\n${actor}`,
      operation ?? '',
      [reason, detail].filter(Boolean).join(': '),
      String(count),
    ]),
    io,
  );
