/** One response group as people speak of it: its number, its ways, its hours. */
import { ownershipSeenFrom } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import type { Ownership } from '../../policy/experience/types.js';
import { originOf, type Origin } from '../origin.js';
import { holidaysOf, hoursOf, type HolidaysOfGroup, type HoursOfGroup } from './hours.js';
import { Neighbours, recordIn, textIn, textsIn } from './lookup.js';
import { closedText, promptText, waysOf, type Way } from './ways.js';

export interface ResponseGroupSheet extends Origin {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly parent: string;
  readonly ownership: Ownership;
  readonly active: boolean;
  readonly description: string | null;
  /** The SIP address. */
  readonly address: string | null;
  /** The number that it is called by, as the server has it. */
  readonly number: string | null;
  /** The number as people see it. */
  readonly displayNumber: string | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly managers: readonly string[];
  /** Callers do not see who the agent is. */
  readonly anonymous: boolean;
  /** What every caller hears first; null: nothing. */
  readonly welcome: string | null;
  readonly ways: readonly Way[];
  /** Null: open at all times. */
  readonly hours: HoursOfGroup | null;
  /** Null: nothing is set. */
  readonly outsideHours: string | null;
  readonly holidays: readonly HolidaysOfGroup[];
  readonly onHolidays: string | null;
}

export function sheetOf(pair: PairFacts, fqdn: string, copy: Copy): ResponseGroupSheet {
  const { id, name, owner, parent, properties } = copy;
  const near = new Neighbours(pair, parent);
  const first = recordIn(properties, 'defaultAction');
  const question = first === null ? null : recordIn(first, 'question');
  const hours = textIn(properties, 'businessHoursId');
  return {
    id,
    name,
    owner,
    parent,
    ownership: ownershipSeenFrom(fqdn, copy),
    ...originOf(pair, copy),
    active: properties['active'] === true,
    description: textIn(properties, 'description'),
    address: textIn(properties, 'primaryUri'),
    number: textIn(properties, 'lineUri'),
    displayNumber: textIn(properties, 'displayNumber'),
    language: textIn(properties, 'language'),
    timeZone: textIn(properties, 'timeZone'),
    managers: textsIn(properties, 'managersByUri'),
    anonymous: properties['anonymous'] === true,
    // Of a workflow without a menu, its only way says what is heard.
    welcome: question === null ? null : promptText(recordIn(question, 'prompt')),
    ways: waysOf(first, near),
    hours: hours === null ? null : hoursOf(hours, near),
    outsideHours: closedText(recordIn(properties, 'nonBusinessHoursAction'), near),
    holidays: textsIn(properties, 'holidaySetIdList').map((set) => holidaysOf(set, near)),
    onHolidays: closedText(recordIn(properties, 'holidayAction'), near),
  };
}
