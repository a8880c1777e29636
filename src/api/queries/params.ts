import { Injectable, type PipeTransform } from '@nestjs/common';
import { barredCharacterIn } from '../../../policy/texts/characters.js';
import { poolNameOf } from '../../domain/names.js';
import { fileNameSentence, isFileName, nameInPath } from '../../../policy/files.js';
import { identifierPattern } from '../../../policy/ids.js';
import { limits } from '../../../policy/limits.js';
import { agentAddressOf, agentOnRecord } from '../../../policy/sip.js';
import { fqdnPattern } from '../commands/fields.js';
import { InvalidRequestError } from '../http/errors.js';

/** Path parameters are checked and normalised like the fields of bodies. */
const checked = (
  name: string,
  normalise: (text: string) => string,
  pattern: { test(text: string): boolean },
  what: string,
): new () => PipeTransform<string, string> => {
  @Injectable()
  class CheckedParam implements PipeTransform<string, string> {
    transform(value: string): string {
      const text = normalise(value);
      if (pattern.test(text)) return text;
      throw new InvalidRequestError([{ pointer: `/${name}`, detail: `must be ${what}.` }]);
    }
  }
  return CheckedParam;
};

export const FqdnParam = checked('fqdn', poolNameOf, fqdnPattern, 'the fully qualified name of a pool');
export const FileNameParam = checked(
  'fileName',
  (text) => text.trim(),
  {
    test: (text) =>
      text.length <= limits.filePath && barredCharacterIn(text) === null && isFileName(nameInPath(text)),
  },
  fileNameSentence,
);
export const IdParam = checked(
  'id',
  (text) => text,
  identifierPattern,
  'an id: 1 to 128 letters, digits and any of . _ : @ ~ + = -',
);
export const SipParam = checked(
  'sip',
  agentAddressOf,
  agentOnRecord,
  'a SIP address, such as sip:kim@contoso.com, with or without its scheme',
);
export const EventIdParam = checked(
  'id',
  (text) => text.trim().toLowerCase(),
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/\d{1,3})?$/,
  'the id of an event, as an entry of the audit trail has it',
);
export const CallIdParam = checked(
  'id',
  (text) => text,
  identifierPattern,
  'the id of a call: 1 to 128 letters, digits and any of . _ : @ ~ + = -',
);
