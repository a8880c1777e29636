/** Access without proof: whoever reaches the service may do everything. */
import { userInfo } from 'node:os';
import { BlockList, isIP } from 'node:net';
import type { Principal } from './principal.js';

/** The actor where nobody says who they are. */
export const operatingSystemUser = userInfo().username;

/** Whoever comes from this address, not proved. What X-Actor says is believed. */
export const openPrincipal = (address: string): Principal => ({
  actor: operatingSystemUser,
  role: 'administrator',
  pools: null,
  provedBy: 'nothing',
  client: `address:${address}`,
});

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address is of this machine itself, also in the form of IPv4 within IPv6. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
