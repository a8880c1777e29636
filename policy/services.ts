/** What may be down in parts: its name in words, the names that Windows and administrators have for it, and what follows. */
import type { Extent, Service } from '../events/vocabulary.js';

/** The database has a report of its own, and may be named here as well. */
export type NamedService = Service | 'back-end-database';

/** What is missing where calls would be carried. */
export type ServiceLack = 'front-end-service' | 'response-group-service' | 'response-group-service-in-part';

/** Whether calls are carried all the same, by what is taken to hold. */
export const carriesCalls = (lack: ServiceLack | null): boolean =>
  lack === null || lack === 'response-group-service-in-part';

/** What is inferred of calls that are open while it is missing. */
export const openCallsWithout = (
  lack: ServiceLack,
): 'front-end-service-open-calls' | 'response-group-service-open-calls' =>
  lack === 'front-end-service' ? 'front-end-service-open-calls' : 'response-group-service-open-calls';

interface ServiceText {
  /** After "the". */
  readonly words: string;
  /** In lower case. */
  readonly aliases: readonly string[];
  /** Each Front End server of the pool runs it. */
  readonly onFrontEnds: boolean;
  /** The Windows service that is started again; null where there is none. */
  readonly windows: string | null;
}

const texts: Readonly<Record<NamedService, ServiceText>> = {
  'response-group': {
    words: 'Response Group service',
    aliases: ['rtcrgs'],
    onFrontEnds: true,
    windows: 'RTCRGS',
  },
  'front-end': { words: 'Front End service', aliases: ['rtcsrv'], onFrontEnds: true, windows: 'RTCSRV' },
  'central-management-store': {
    words: 'Central Management store',
    aliases: ['central-management', 'cms', 'master', 'fta'],
    onFrontEnds: false,
    windows: null,
  },
  'file-share': { words: 'file share', aliases: ['lanmanserver'], onFrontEnds: false, windows: null },
  'site-link': {
    words: 'network between the sites',
    aliases: ['network', 'wan'],
    onFrontEnds: false,
    windows: null,
  },
  'back-end-database': {
    words: 'back-end database',
    aliases: ['database', 'mssql$rtc', 'sql'],
    onFrontEnds: false,
    windows: null,
  },
};

export const namedServices = Object.keys(texts) as readonly NamedService[];

/** Every name that is understood; case does not matter. */
export const serviceNames: readonly string[] = namedServices.flatMap((name) => [
  name,
  ...texts[name].aliases,
]);

/** The service that a name means; undefined where it means none. */
export const serviceNamed = (name: string): NamedService | undefined => {
  const wanted = name.trim().toLowerCase();
  return namedServices.find((one) => one === wanted || texts[one].aliases.includes(wanted));
};

/** With its article. */
export const wordsOfLack = (lack: ServiceLack): string =>
  `the ${wordsOf(lack === 'front-end-service' ? 'front-end' : 'response-group')}`;

export const wordsOf = (service: NamedService): string => texts[service].words;
export const isOnFrontEnds = (service: NamedService): boolean => texts[service].onFrontEnds;
export const windowsServiceOf = (service: Service): string | null => texts[service].windows;

export const onFrontEnds = (extent: Extent): string =>
  extent === 'all' ? 'on all Front End servers' : 'on some Front End servers';
