/** Texts of how a pool stands to its pair, of its services and of its version. */
import type { AnswerOf } from '../../../src/contract/answers.js';

type Pool = AnswerOf<'pools'>['pools'][number];
type Service = NonNullable<Pool['services']>[number];

export const standingTexts = {
  retired: 'Retired',
  servesNoMore: 'It serves no more.',
  noPair: 'none',
  noPairSince: 'In no pair since',
  nobodyStandsIn: 'nobody stands in for it.',
  pairedBefore: 'It was paired with',
  givenUp: 'Given up: its incident ended without its coming back, at',
  replacedBy: 'Its place was taken by',
  replacedAt: 'at',
  lastOfIt: 'What is shown is the last that was known of it.',
  serviceSince: 'since',
  reason: 'Reason:',
  version: 'Version',
} as const;

export const serviceNames: Readonly<Record<Service['service'], string>> = {
  'response-group': 'Response group service',
  'front-end': 'Front End service',
  'central-management-store': 'Central Management store',
  'file-share': 'File share',
  'site-link': 'Link to the other site',
};

/** `Response group service stopped on some Front End servers`. */
export const stoppedText = ({ service, frontEnds }: Service): string => {
  const where = frontEnds === undefined ? '' : ` on ${frontEnds} Front End servers`;
  return `${serviceNames[service]} stopped${where}`;
};

export const versionNames: Readonly<Record<NonNullable<Pool['version']>, string>> = {
  '2013': 'Lync Server 2013',
  '2015': 'Skype for Business Server 2015',
  '2019': 'Skype for Business Server 2019',
  subscription: 'Skype for Business Server Subscription Edition',
};
