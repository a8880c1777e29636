import type { SessionAnswer } from '../../contract/access.js';

export const sessionText = ({ actor, role, pools, provedBy, mayDo }: SessionAnswer): string =>
  [
    `${actor}: ${role}, for ${pools === null ? 'all pools' : pools.join(', ')} (${provedBy === 'nothing' ? 'not proved: the service is open' : `proved by ${provedBy}`})`,
    `  may do: ${mayDo.join(', ')}`,
  ].join('\n');
