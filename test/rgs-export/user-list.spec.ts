import { describe, expect, it } from '@jest/globals';
import { mostUsers, readUserList } from '../../src/rgs-export/user-list.js';

const titles = 'SipAddress,RegistrarPool,Enabled,EnterpriseVoiceEnabled';
const read = (text: string) => readUserList(Buffer.from(text));
const kim = {
  address: 'sip:kim@contoso.com',
  homePool: 'pool-a.contoso.com',
  enabled: true,
  enterpriseVoice: false,
};
const row = 'sip:Kim@contoso.com,Pool-A.contoso.com,True,False';

const utf16 = (text: string, bigEndian: boolean): Buffer => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

const clixml = (...users: readonly string[]): string =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${users.join('')}</Objs>`;
const user = (number: number, address: string): string =>
  `<Obj RefId="${number}"><TN RefId="0"><T>Selected.Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser</T></TN><MS><S N="SipAddress">${address}</S><Obj N="RegistrarPool" RefId="${number + 100}"><ToString>pool-a.contoso.com</ToString></Obj><B N="Enabled">true</B><B N="EnterpriseVoiceEnabled">false</B></MS></Obj>`;

describe('A list of users', () => {
  it.each([
    ['with commas', Buffer.from(`${titles}\r\n${row}\r\n`)],
    ['with semicolons', Buffer.from(`${titles}\n${row}\n`.replaceAll(',', ';'))],
    ['with tabs', Buffer.from(`${titles}\n${row}`.replaceAll(',', '\t'))],
    [
      'in quotation marks',
      Buffer.from(`"${titles.replaceAll(',', '","')}"\n"${row.replaceAll(',', '","')}"\n`),
    ],
    ['with the type', Buffer.from(`#TYPE Selected.User\r\n${titles}\r\n${row}\r\n`)],
    ['with a mark of UTF-8', Buffer.from(`\uFEFF${titles}\n${row}\n`)],
    ['in UTF-16', utf16(`${titles}\r\n${row}\r\n`, false)],
    ['in UTF-16, the other way round', utf16(`${titles}\r\n${row}\r\n`, true)],
    ['as CLIXML', Buffer.from(clixml(user(1, 'sip:kim@contoso.com')))],
    ['as CLIXML in UTF-16', utf16(clixml(user(1, 'sip:kim@contoso.com')), false)],
  ])('is read %s', (_, bytes) => {
    expect(readUserList(bytes)).toMatchObject({ users: [kim], errors: [] });
  });

  it('knows other names of the columns, and does without those that it does not need', () => {
    expect(
      read('Name,HomeServer,SIPADDRESS\n"Kim, the first",pool-a.contoso.com,kim@contoso.com'),
    ).toMatchObject({
      users: [{ ...kim, enabled: null, enterpriseVoice: null, line: 2 }],
      errors: [],
    });
  });

  it('takes the pool as topologies name its service', () => {
    for (const pool of ['Registrar:Pool-A.contoso.com', 'service:Registrar:pool-a.contoso.com'])
      expect(read(`SipAddress,RegistrarPool\nkim@contoso.com,${pool}`)).toMatchObject({
        users: [{ homePool: 'pool-a.contoso.com' }],
        errors: [],
      });
  });

  it('does not guess the pool from a distinguished name, and says which column has the name', () => {
    const service = '"CN=Lc Services,CN=Microsoft,CN=1:1,CN=Pools,CN=RTC Service,DC=contoso,DC=com"';
    const both = read(
      `HomeServer,SipAddress,RegistrarPool\n${service},kim@contoso.com,pool-a.contoso.com\n${service},lee@contoso.com,`,
    );
    expect(both.users).toMatchObject([{ homePool: 'pool-a.contoso.com' }]);
    expect(both.errors).toMatchObject([
      {
        line: 3,
        field: 'HomeServer',
        detail: expect.stringMatching(/name in the directory.*RegistrarPool/) as unknown,
      },
    ]);
    expect(read(`SipAddress,RegistrarPool\nkim@contoso.com,${service}`).errors).toMatchObject([
      { field: 'RegistrarPool', detail: expect.stringContaining('FQDN') as unknown },
    ]);
  });

  it('reads all that Get-CsUser has, in any order, with line breaks, quotation marks and separators in values', () => {
    const rows = [
      '"Identity","DisplayName","HomeServer","EnterpriseVoiceEnabled","RegistrarPool","LineURI","Enabled","SipAddress"',
      '"CN=kim,OU=Users","Jürgen ""kim"", Jr;\r\nsecond line","CN=Lc Services,CN=1:1,CN=Pools","False","pool-a.contoso.com","tel:+47;ext=1","True","sip:kim@contoso.com"',
      '',
    ].join('\r\n');
    for (const separator of [',', ';', '\t', '|']) {
      const text = rows.replaceAll('","', `"${separator}"`);
      for (const bytes of [Buffer.from(`\uFEFF#TYPE User\r\n${text}`), utf16(text, false), utf16(text, true)])
        expect(readUserList(bytes)).toEqual({
          users: [{ ...kim, line: bytes[0] === 0xef ? 3 : 2 }],
          errors: [],
        });
    }
  });

  it('names each row that is wrong by its line and field', () => {
    const text = [
      titles,
      row,
      ',pool-a.contoso.com,True,True',
      'not an address,pool-a.contoso.com,True,True',
      '"sip:lee\n@contoso.com",pool-a.contoso.com,True,True',
      'sip:pat@contoso.com,,True,True',
      'sip:pat@contoso.com,"CN=Lc Services,CN=Microsoft",True,True',
      'sip:pat@contoso.com,pool-a.contoso.com,Yes,True',
      'sip:pat@contoso.com,pool-a.contoso.com,True,1',
      row,
    ].join('\n');
    expect(read(text).errors.map(({ line, field }) => `${line} ${field}`)).toEqual([
      '3 SipAddress',
      '4 SipAddress',
      '5 SipAddress',
      '7 RegistrarPool',
      '8 RegistrarPool',
      '9 Enabled',
      '10 EnterpriseVoiceEnabled',
      '11 SipAddress',
    ]);
  });

  it('takes the addresses that agents can have, and says where a letter was lost', () => {
    const errorsOf = (...addresses: readonly string[]) =>
      read(
        ['SipAddress,RegistrarPool', ...addresses.map((one) => `${one},pool-a.contoso.com`)].join('\n'),
      ).errors.map(({ line, field, detail }) => `${line} ${field} ${detail}`);
    expect(errorsOf("sip:o'neil@contoso.com", 'kim.lee+1@contoso.com', 'sip:old#one@contoso.com')).toEqual(
      [],
    );
    expect(
      errorsOf('sip:j\u00F8rn@contoso.com', 'sip:a b@contoso.com', 'sip:kim', 'sip:j?rn@contoso.com'),
    ).toEqual([
      '2 SipAddress "sip:j\u00F8rn@contoso.com" is no SIP address.',
      '3 SipAddress "sip:a b@contoso.com" is no SIP address.',
      '4 SipAddress "sip:kim" is no SIP address.',
      expect.stringMatching(/^5 SipAddress .*question mark.*-Encoding UTF8/) as unknown,
    ]);
  });

  it('names each row that ends before the titles do, and the first field that is missing', () => {
    const errorsOf = (text: string) => read(text).errors.map(({ line, field }) => `${line} ${field}`);
    const whole = `${titles}\n${row}\n`;
    for (const cut of [
      'sip:lee@contoso.com,pool-a.contoso.com,True',
      'sip:lee@contoso.com,pool-a.contoso.com',
    ])
      expect(errorsOf(whole + cut)).toEqual([
        `3 ${cut.endsWith('True') ? 'EnterpriseVoiceEnabled' : 'Enabled'}`,
      ]);
    expect(errorsOf(`${whole}sip:lee@contoso.com\n${row.replace('Kim', 'Pat')}`)).toEqual([
      '3 RegistrarPool',
    ]);
    expect(errorsOf(`${whole}sip:lee@contoso.com,pool-a.contoso.com,,`)).toEqual([]);
    // A separator behind the last title is no title.
    expect(errorsOf(`${titles},\n${row}\n`)).toEqual([]);
  });

  it.each([
    ['', /holds nothing/],
    ['  \r\n ', /holds nothing/],
    ['Name,Enabled\nKim,True', /no column SipAddress/],
    [`${titles},ENABLED\n${row},False`, /line 1.*two columns ENABLED/],
    [`${titles}\n"sip:kim@contoso.com`, /line 2.*not closed/],
    [`${titles}\n"sip:kim@contoso.com"x,a,b`, /closing quotation mark/],
    ['<html><body/></html>', /no CLIXML/],
    ['<!DOCTYPE x [<!ENTITY y "z">]><Objs/>', /document type/],
    [clixml('<Obj RefId="1">').replace('</Objs>', ''), /./],
    [`${titles}\n${','.repeat(2_000)}`, /more than 1000 columns/],
    [`${titles}\nsip:kim@contoso.com,pool-a.contoso.com,True,True,True`, /line 2.*5 cells under 4 titles/],
    [
      clixml('<Obj RefId="1"><MS><S N="Name">Kim</S></MS></Obj>'),
      /no property SipAddress and no property Reg/,
    ],
  ])('is refused where it is none: %j', (text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });

  it('is refused where it has too many users, or bytes that are no text', () => {
    const many = Array.from(
      { length: mostUsers + 1 },
      (_, n) => `u${n}@contoso.com,pool-a.contoso.com,True,True`,
    );
    expect(() => read([titles, ...many].join('\n'))).toThrow(/may have 20000/);
    const utf32 = Buffer.from(`\uFEFF${titles}\n${row}`.replace(/./gsu, '$&\0'), 'utf16le');
    for (const bytes of [
      Buffer.from([0x41, 0xff, 0xfe, 0x00]),
      // Without its mark.
      Buffer.from(`${titles}\n${row}`, 'utf16le'),
      utf32,
    ])
      expect(() => readUserList(bytes)).toThrow(/no UTF-8 text.*-Encoding UTF8/);
  });
});
