/** The agents, or the managers, that a file lists: their addresses, and what else it says of each. */
import type { JsonValue } from '../../events/envelope.js';
import type { Properties } from '../../events/vocabulary.js';
import { limits } from '../../policy/limits.js';
import { isRecord } from '../../policy/object-properties/schema.js';
import { sameJson } from '../../policy/same-json.js';
import { cutTo } from '../../policy/texts/cut.js';
import { fingerprint } from '../../policy/texts/fingerprint.js';
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';
import type { FileLocation } from './malformed-export-error.js';
import { leavesOf } from './left-out.js';
import type { Reading } from './who.js';

/** The property that holds the address, the first that has one. */
const namesOfAddress = ['Uri', 'SipAddress', 'SipUri', 'AgentUri'] as const;

export class People {
  private readonly found = new Map<string, Properties>();
  private readonly leftOut = { count: 0, fingerprint: '' };

  constructor(private readonly context: Reading) {}

  add(value: ClixmlValue, { entry, line }: FileLocation): void {
    const { findings, budget } = this.context;
    const said = leavesOf(value, budget);
    const address = addressIn(value);
    const leftOut = (code: 'person-without-address' | 'person-twice', detail: string): void =>
      findings.add(code, detail, { entry, line, fingerprint: fingerprint(JSON.stringify(said)) });
    if (address === null) {
      leftOut('person-without-address', 'No SIP address was found in it; it is left out.');
      return;
    }
    const beside = besideAddress(said, address);
    const known = this.found.get(address.uri);
    if (known === undefined && this.found.size >= limits.list) this.count([address.uri, beside]);
    else if (known === undefined) this.found.set(address.uri, beside);
    else if (!sameJson(known, beside)) {
      leftOut(
        'person-twice',
        `${cutTo(address.uri, 200)} came before it with other properties, which count.`,
      );
    }
  }

  get addresses(): readonly string[] {
    return [...this.found.keys()];
  }

  get beside(): Readonly<Record<string, Properties>> {
    return Object.fromEntries([...this.found].filter(([, said]) => Object.keys(said).length > 0));
  }

  /** Tells of those beyond the limit, once. */
  finish(): void {
    const { count, fingerprint: made } = this.leftOut;
    if (count === 0) return;
    this.context.findings.add(
      'people-left-out',
      `A list has ${count} more people than the ${limits.list} that are kept.`,
      { fingerprint: made },
    );
  }

  private count(one: JsonValue): void {
    this.leftOut.count += 1;
    this.leftOut.fingerprint = fingerprint(this.leftOut.fingerprint + JSON.stringify(one));
  }
}

interface Address {
  /** In lower case. */
  readonly uri: string;
  /** The property that has it; null where the value is nothing but its text. */
  readonly name: string | null;
}

function addressIn(value: ClixmlValue): Address | null {
  const given: readonly (readonly [string | null, string | null])[] =
    value instanceof ClixmlObject
      ? namesOfAddress.map((name) => [name, textOf(value.property(name) ?? null)])
      : [[null, textOf(value)]];
  for (const [name, text] of given) {
    if (text !== null && /^sip:\S+$/i.test(text)) return { uri: text.toLowerCase().toWellFormed(), name };
  }
  return null;
}

/** An address that is an object, with properties of its own, is kept beside itself. */
function besideAddress(said: JsonValue, { uri, name }: Address): Properties {
  if (name === null || !isRecord(said)) return {};
  return Object.fromEntries(
    Object.entries(said).filter(
      ([field, value]) =>
        field.toLowerCase() !== name.toLowerCase() ||
        typeof value !== 'string' ||
        value.toLowerCase() !== uri,
    ),
  );
}
