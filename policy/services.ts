/** What may be down in parts: its name in words, the names that Windows and administrators have for it, and what follows. */
import type { Extent, Service } from '../events/vocabulary.js';

/** The database has a report of its own, and may be named here as well. */
export type NamedService = Service | 'back-end-database';

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

export const wordsOf = (service: NamedService): string => texts[service].words;
export const isOnFrontEnds = (service: NamedService): boolean => texts[service].onFrontEnds;
export const windowsServiceOf = (service: Service): string | null => texts[service].windows;

export const onFrontEnds = (extent: Extent): string =>
  extent === 'all' ? 'on all Front End servers' : 'on some Front End servers';
