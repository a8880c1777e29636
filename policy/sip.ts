/**
 * The SIP addresses that a user or a workflow can have, and those that a call can be sent to: by RFC 3261, section 25.1,
 * less what the product gives no address. A user part may hold no `;`, `,`, `?`, `/` or brackets, which RFC 3261 has for
 * parameters of telephone numbers and for headers. What is neither reserved nor unreserved there (`#`, `^`, backticks,
 * braces, bars) must be escaped, such as `%23`.
 */
const user = String.raw`(?:[a-z0-9\-_.!~*'&=+$]|%[0-9a-f]{2}){1,64}`;
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const host = String.raw`(?=[a-z0-9.-]{1,253}(?:[:;]|$))${label}(?:\.${label})*`;
const port = '(?::[0-9]{1,5})?';
const parameters = String.raw`(?:;[a-z0-9\-_.!~*+$%&:\[\]/]+(?:=[a-z0-9\-_.!~*+$%&:\[\]/]+)?)*`;
const telephone = String.raw`tel:\+?[0-9a-f*#().-]+`;

/** Of a user or a workflow. */
export const sipAddress = new RegExp(`^sip:${user}@${host}$`, 'i');

/** Where a call can be sent, such as a voice mail box: with a port and parameters, or by telephone. */
export const transferAddress = new RegExp(
  `^(?:sip:(?:${user}@)?${host}${port}${parameters}|${telephone}${parameters})$`,
  'i',
);

/** What was taken for the address of an agent before RFC 3261 was held against it: such agents may be on record. */
export const agentOnRecord = /^sip:[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]{1,253}$/;

/** The address of an agent as people write it: without a scheme it is a SIP address. */
export function agentAddressOf(text: string): string {
  const address = text.trim().toLowerCase();
  return address.includes('@') && !address.includes(':') ? `sip:${address}` : address;
}

/** Addresses of agents are compared without regard to case. */
export const sameAgent = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
