/** What the browser calls a screen: in its tab, its history, and what a screen reader says first. */
import { auditTexts } from '../texts/audit.js';
import { incidentTexts } from '../texts/incident.js';
import { preparationTexts } from '../texts/preparation.js';
import { texts } from '../texts.js';
import { whyTexts } from '../texts/why.js';

const partNames: Readonly<Record<string, string>> = {
  '': texts.overview,
  objects: texts.objects,
  agents: texts.agents,
  calls: texts.callsTab,
  runbook: preparationTexts.runbook,
  readiness: preparationTexts.readiness,
  'audit-trail': auditTexts.title,
  why: whyTexts.tab,
};

const roomNames: Readonly<Record<string, string>> = {
  '': texts.fleet,
  search: whyTexts.nav,
  readiness: texts.readiness,
  incidents: incidentTexts.title,
  service: texts.service,
};

/** @param parts of the path, decoded */
export function titleOf([room = '', name = '', part = '']: readonly string[]): string {
  const words = [
    name,
    room === 'pools' && name !== '' ? partNames[part] : (roomNames[room] ?? room),
    texts.title,
  ];
  return words.filter((word) => word !== undefined && word !== '').join(' · ');
}
