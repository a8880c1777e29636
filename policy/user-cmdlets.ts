/** Lines of PowerShell about users: where they are homed, and how they are moved. */
import { quoted } from '../text/powershell.js';

export const homePoolCmdlet = (sip: string): string =>
  `Get-CsUser -Identity ${quoted(sip)} | Select-Object SipAddress, RegistrarPool`;

/** With -Force: the pool that the user was homed in takes no part, and what it had of the user is left behind. */
export const moveUserCmdlet = (sip: string, target: string): string =>
  `Move-CsUser -Identity ${quoted(sip)} -Target ${quoted(target)} -Force -Confirm:$false`;

/** Looks many agents up in one line: their home pools, and whether they can still take calls. One that is not there is an error of its own. */
export const usersCmdlet = (sips: readonly string[]): string =>
  `${sips.map(quoted).join(', ')} | ForEach-Object { Get-CsUser -Identity $_ } | Select-Object SipAddress, RegistrarPool, Enabled, EnterpriseVoiceEnabled`;

/** Everybody who is homed in a pool. */
export const usersHomedInCmdlet = (pool: string): string =>
  `Get-CsUser -Filter {RegistrarPool -eq "${pool}"}`;

/** All of them, as `moveUserCmdlet` moves one. */
export const moveAllUsersCmdlet = (pool: string, target: string): string =>
  `${usersHomedInCmdlet(pool)} | Move-CsUser -Target "${target}" -Force -Confirm:$false`;
