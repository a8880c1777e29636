/** What stands in names and addresses, and how texts are cut. */
import { describe, expect, it } from '@jest/globals';
import { limits } from '../../policy/limits.js';
import { sipAddress, transferAddress } from '../../policy/sip.js';
import { barredCharacterIn, barredCharacterInLines } from '../../policy/texts/characters.js';
import { beginningOf, bytesOf, cutTo, cutToBytes } from '../../policy/texts/cut.js';
import { few, fewSentences } from '../../policy/texts/few.js';
import { nameErrors } from '../../src/domain/names.js';
import { completeProperties } from '../../src/domain/properties/properties.js';
import { fc } from '../support/properties.js';

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const longest = fc.integer({ min: 1, max: 80 });

describe('A text that is cut', () => {
  it('ends between two characters, within its length, and is the beginning of the whole', () =>
    fc.assert(
      fc.property(anyText, longest, (text, most) => {
        const beginning = beginningOf(text, most);
        expect(beginning.length).toBeLessThanOrEqual(most);
        expect(text.startsWith(beginning)).toBe(true);
        expect(beginning.isWellFormed()).toBe(text.isWellFormed());
        expect(cutTo(text, most).length).toBeLessThanOrEqual(most);
      }),
    ));

  it('keeps no half of an emoji, of an accent or of a flag', () => {
    const family = '👩‍👩‍👧';
    expect(beginningOf(`a${family}`, 5)).toBe('a');
    expect(beginningOf(`a${family}`, 9)).toBe(`a${family}`);
    expect(beginningOf('nu\u0308', 2)).toBe('n');
    expect(cutTo('x'.repeat(300), 10)).toBe(`${'x'.repeat(9)}…`);
  });

  it('of nothing but combining marks is cut all the same, and no half of a pair is left', () => {
    const heap = `a${'\u0315'.repeat(1_000_000)}`;
    expect(beginningOf(heap, 128)).toHaveLength(128);
    expect(beginningOf('😀'.repeat(200_000), 127).isWellFormed()).toBe(true);
  });

  it('has no more bytes than it may', () =>
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 200 }), (text, most) => {
        expect(bytesOf(cutToBytes(text, most))).toBeLessThanOrEqual(most);
      }),
    ));
});

describe('A list in a sentence', () => {
  it('names a few and counts the rest', () => {
    const word = (item: string): string => item;
    expect(few(['a', 'b'], { word })).toBe('a, b');
    expect(few('a b c d e f g'.split(' '), { word })).toBe('a, b, c, d, e and 2 more');
    expect(fewSentences(['One.', 'Two.'])).toBe('One. Two.');
    expect(fewSentences(Array.from({ length: 7 }, () => 'So.'))).toMatch(/^(So\. ){5}There are 2 more/);
  });

  it('is short, however long its items are', () => {
    const items = Array.from({ length: 1_000 }, () => '漢'.repeat(10_000));
    expect(bytesOf(few(items, { word: (item) => item }))).toBeLessThan(1_300);
  });
});

describe('A name', () => {
  it.each([
    "O'Brien & Söhne",
    '営業部',
    'مرحبا',
    'Team 👩‍💻',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿 England',
    'می‌خواهم',
    'a – b',
    'x²',
    'Ünïcödé',
  ])('such as %j is honest', (name) => {
    expect(barredCharacterIn(name)).toBeNull();
    expect(nameErrors('queue', name)).toEqual([]);
  });

  it.each([
    ['\u0003', 'U+0003'],
    ['\u001b', 'U+001B'],
    ['\n', 'U+000A'],
    ['\u007f', 'U+007F'],
    ['\u0085', 'U+0085'],
    ['\u00ad', 'U+00AD'],
    ['\u200b', 'U+200B'],
    ['\u200f', 'U+200F'],
    ['\u2028', 'U+2028'],
    ['\u2029', 'U+2029'],
    ['\u202e', 'U+202E'],
    ['\u2066', 'U+2066'],
    ['\ufeff', 'U+FEFF'],
    ['\u{e0041}', 'U+E0041'],
  ])('may not hold %j, and the refusal says that it is %s', (character, code) => {
    const [error] = nameErrors('queue', `help${character}desk`);
    expect(error).toMatchObject({ pointer: '/name', detail: expect.stringContaining(code) });
  });

  it('may hold joiners only between characters that they join', () => {
    for (const hidden of ['\u200dx', 'x\u200d', 'a \u200d b', 'a\u200c\u200cb']) {
      expect(barredCharacterIn(hidden)).toMatch(/^U\+200[CD]$/);
    }
  });

  it('is one line, where a description may be several', () => {
    expect(barredCharacterInLines('one\r\n\ttwo')).toBeNull();
    expect(barredCharacterInLines('one\u2028two')).toBe('U+2028');
  });
});

describe('A SIP address', () => {
  it.each([
    'sip:kim@contoso.com',
    "sip:sean.o'brien@contoso.com",
    'SIP:Help-Desk_1@sub.contoso.com',
    'sip:a%23b@contoso.com',
    'sip:+4930123@contoso.com',
  ])('such as %s is one that an agent can have', (address) => {
    expect(sipAddress.test(address)).toBe(true);
    expect(transferAddress.test(address)).toBe(true);
  });

  it.each([
    "sip:x';whoami;#@x.com",
    'sip:x`whoami`@x.com',
    'sip:x|y@x.com',
    'sip:{x}@x.com',
    'sip:x"y@x.com',
    'sip:x@x.com;whoami',
    'sip:x@y@x.com',
    'sip:@x.com',
    'sip:x%zz@x.com',
    'sip:x@-x.com',
    'sip:x@x..com',
    `sip:${'x'.repeat(65)}@x.com`,
    'sip:x\u202e@x.com',
  ])('such as %j is none', (address) => {
    expect(sipAddress.test(address)).toBe(false);
    const { errors } = completeProperties('agent-group', { agentsByUri: [address] });
    expect(errors).toMatchObject([{ pointer: '/properties/agentsByUri/0' }]);
  });

  it.each([
    'sip:kim@contoso.com;opaque=app:voicemail',
    'tel:+14255550100;ext=17',
    'sip:gateway.contoso.com:5061',
  ])('such as %s is where a call can be sent', (address) => expect(transferAddress.test(address)).toBe(true));

  it('is judged at once, however long it is', () => {
    for (const text of [
      `sip:${'a'.repeat(500_000)}`,
      `sip:a@${'a-'.repeat(250_000)}`,
      `tel:${';a'.repeat(250_000)}'`,
    ]) {
      expect(sipAddress.test(text) || transferAddress.test(text)).toBe(false);
    }
  });
});

describe('The errors of a request', () => {
  it('are listed up to twenty, counted beyond, and say once which names are known', () => {
    const many = Object.fromEntries(Array.from({ length: 90_000 }, (_, number) => [`colour${number}`, 1]));
    const { errors } = completeProperties('agent-group', many);
    expect(errors).toHaveLength(21);
    expect(errors.at(-1)?.detail).toMatch('There are 89980 more errors');
    expect(errors.filter(({ detail }) => detail.includes('Known are'))).toHaveLength(1);
    expect(JSON.stringify(errors).length).toBeLessThan(4_000);
  });

  it('are short, however long the names are that the request made up', () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, number) => [`${number}${'x'.repeat(30_000)}`, 1]),
    );
    const { errors } = completeProperties('agent-group', many);
    expect(JSON.stringify(errors).length).toBeLessThan(8_000);
    expect(errors[0]).toMatchObject({ pointer: '/properties' });
  });

  it('of a list that is too long are one, which names the limit', () => {
    const agentGroupIdList = Array.from({ length: 400_000 }, (_, number) => number);
    expect(completeProperties('queue', { agentGroupIdList }).errors).toEqual([
      { pointer: '/properties/agentGroupIdList', detail: `Must hold at most ${limits.list}.` },
    ]);
  });
});
