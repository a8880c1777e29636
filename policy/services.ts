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
  /** What Windows shows as its name after that of the product; empty where it shows none. */
  readonly displayed: readonly string[];
  /** Each Front End server of the pool runs it. */
  readonly onFrontEnds: boolean;
  /** The Windows service that is started again; null where there is none. */
  readonly windows: string | null;
}

const texts: Readonly<Record<NamedService, ServiceText>> = {
  'response-group': {
    words: 'Response Group service',
    aliases: ['rtcrgs'],
    displayed: ['Response Group'],
    onFrontEnds: true,
    windows: 'RTCRGS',
  },
  'front-end': {
    words: 'Front End service',
    aliases: ['rtcsrv'],
    displayed: ['Front-End'],
    onFrontEnds: true,
    windows: 'RTCSRV',
  },
  'central-management-store': {
    words: 'Central Management store',
    aliases: ['central-management', 'cms', 'master', 'fta'],
    displayed: ['Master Replicator Agent', 'File Transfer Agent'],
    onFrontEnds: false,
    windows: null,
  },
  'file-share': {
    words: 'file share',
    aliases: ['lanmanserver'],
    displayed: [],
    onFrontEnds: false,
    windows: null,
  },
  'site-link': {
    words: 'network between the sites',
    aliases: ['network', 'wan'],
    displayed: [],
    onFrontEnds: false,
    windows: null,
  },
  'back-end-database': {
    words: 'back-end database',
    aliases: ['database', 'mssql$rtc', 'sql'],
    displayed: [],
    onFrontEnds: false,
    windows: null,
  },
};

export const namedServices = Object.keys(texts) as readonly NamedService[];

/** What the names of the services begin with where Windows shows them. */
const products = ['Skype for Business Server', 'Lync Server'] as const;

const shownNames = (name: NamedService): readonly string[] =>
  texts[name].displayed.flatMap((shown) => products.map((product) => `${product} ${shown}`));

/** Every name that is understood. Neither case matters, nor whether words are parted by spaces, hyphens or nothing. */
export const serviceNames: readonly string[] = namedServices.flatMap((name) => [
  name,
  ...texts[name].aliases,
  ...shownNames(name),
]);

const comparable = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

/** By what is left of the name: the product may be left out of one that Windows shows. */
const known: ReadonlyMap<string, NamedService> = new Map(
  namedServices.flatMap((service) =>
    [
      service,
      ...texts[service].aliases,
      texts[service].words,
      ...texts[service].displayed,
      ...shownNames(service),
    ].map((name) => [comparable(name), service] as const),
  ),
);

/** The service that a name means; undefined where it means none. */
export function serviceNamed(name: string): NamedService | undefined {
  const wanted = comparable(name);
  return known.get(wanted) ?? known.get(wanted.replace(/service$/, ''));
}

export const wordsOfLack = (lack: ServiceLack): string =>
  `the ${wordsOf(lack === 'front-end-service' ? 'front-end' : 'response-group')}`;

export const wordsOf = (service: NamedService): string => texts[service].words;
export const isOnFrontEnds = (service: NamedService): boolean => texts[service].onFrontEnds;
export const windowsServiceOf = (service: Service): string | null => texts[service].windows;

export const onFrontEnds = (extent: Extent): string =>
  extent === 'all' ? 'on all Front End servers' : 'on some Front End servers';
