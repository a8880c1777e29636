/** When the day's turning points are, in Central European Time. */
import { at } from './time.js';

export const timeline = {
  nightlyExports: at('01:00'),
  recallAnnounced: at('08:40'),
  storageFails: at('10:18:20'),
  databaseReported: at('10:21'),
  helpDeskTries: at('10:24'),
  importTried: at('10:31'),
  holidaysRenamed: at('10:34'),
  imported: at('10:36:30'),
  failoverInitiated: at('10:41'),
  failoverFailed: at('10:46:30'),
  failoverRepeated: at('10:52'),
  failedOver: at('11:09:40'),
  informationLine: at('11:25'),
  editsWhileFailedOver: at('11:40'),
  callBacks: at('12:10'),
  databaseBack: at('13:20'),
  failback: at('14:05'),
  failedBack: at('14:38:10'),
  exportedForReturn: at('14:46'),
  returned: at('14:52'),
  cleanedUp: at('15:20'),
  closed: at('18:50'),
  lastExports: at('23:56'),
} as const;
