import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '..');
const rooms = ['events', 'text', 'policy', 'facts', 'projections', 'src'];
const files = rooms.flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: root })).sort();

interface Source {
  readonly file: string;
  readonly text: string;
  /** Files of ours that it imports, also for their types only. */
  readonly inner: readonly string[];
  /** Those that must be there before it can run. */
  readonly needed: readonly string[];
  /** Packages and Node's own modules that it imports. */
  readonly outer: readonly string[];
}

const importsIn = (text: string): readonly string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

const sources: readonly Source[] = files.map((file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const ours = (imports: readonly string[]): readonly string[] =>
    imports
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(root, resolve(root, dirname(file), name.replace(/\.js$/, '.ts'))));
  return {
    file,
    text,
    inner: ours(importsIn(text)),
    needed: ours(importsIn(text.replaceAll(/^(import|export) type [^;]*;/gm, ''))),
    outer: importsIn(text).filter((name) => !name.startsWith('.')),
  };
});

/** The room of a file: src/main.ts and its like are in the room `src`. */
function roomOf(file: string): string {
  const [first = '', second = ''] = file.split('/');
  if (first !== 'src') return first;
  return second.endsWith('.ts') ? 'src' : `src/${second}`;
}

/** What each room may import besides itself. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  events: [],
  // One function for each target that a text is written for.
  text: [],
  policy: ['events', 'text'],
  facts: ['events', 'policy'],
  projections: ['events', 'text', 'policy', 'facts'],
  'src/domain': ['events', 'policy', 'facts'],
  // The shapes of all answers.
  'src/contract': ['events', 'policy', 'facts', 'projections', 'src/seals'],
  // Who may do what: rules and files of keys, no framework.
  'src/access': ['events', 'src/contract', 'src/domain'],
  'src/store': ['events', 'text'],
  // The mathematics of a log that proves itself.
  'src/seals': [],
  'src/rgs-export': ['events', 'text', 'policy', 'facts', 'src/domain'],
  'src/runtime': [
    'events',
    'policy',
    'facts',
    'projections',
    'src/contract',
    'src/domain',
    'src/seals',
    'src/store',
    'src/rgs-export',
  ],
  'src/api': [
    'events',
    'text',
    'policy',
    'facts',
    'projections',
    'src/access',
    'src/contract',
    'src/domain',
    'src/seals',
    'src/store',
    'src/runtime',
    'src/rgs-export',
    'src',
  ],
  'src/cli': [
    'events',
    'text',
    'policy',
    'facts',
    'projections',
    'src/access',
    'src/contract',
    'src/domain',
    'src/seals',
    'src/store',
    'src/runtime',
    'src/rgs-export',
    'src',
  ],
  // The configuration has the connection string checked by who will use it.
  src: ['src/access', 'src/api', 'src/cli', 'src/store'],
};

const pureRooms = [
  'events',
  'text',
  'policy',
  'facts',
  'projections',
  'src/contract',
  'src/domain',
  'src/seals',
];
const pure = sources.filter(({ file }) => pureRooms.includes(roomOf(file)));

describe('The rooms', () => {
  it('hold every source file, and every import leads to one', () => {
    expect(files.length).toBeGreaterThan(100);
    expect([...new Set(files.map(roomOf))].filter((room) => !(room in arrows))).toEqual([]);
    const dangling = sources.flatMap(({ file, inner }) =>
      inner.filter((target) => !existsSync(join(root, target))).map((target) => `${file} -> ${target}`),
    );
    expect(dangling).toEqual([]);
  });

  it('import only along the arrows', () => {
    const against = sources.flatMap(({ file, inner }) => {
      const room = roomOf(file);
      return inner
        .filter((target) => roomOf(target) !== room && !(arrows[room] ?? []).includes(roomOf(target)))
        .map((target) => `${file} -> ${target}`);
    });
    expect(against).toEqual([]);
  });

  it('hold no file that needs itself before it can run', () => {
    expect(cyclesAmong(new Map(sources.map(({ file, needed }) => [file, needed])))).toEqual([]);
  });
});

describe('What runs before anything is built', () => {
  it('imports Node and itself, and nothing that a build makes', () => {
    const launchers = globSync('bin/**/*.js', { cwd: root });
    expect(launchers).toContain(join('bin', 'poolkeeper.js'));
    const strangers = launchers.flatMap((file) =>
      importsIn(readFileSync(join(root, file), 'utf8'))
        .filter((name) => !name.startsWith('node:'))
        .filter((name) => !resolve(root, dirname(file), name).startsWith(join(root, 'bin'))),
    );
    expect(strangers).toEqual([]);
  });
});

describe('The wings of the runtime', () => {
  /** What no file of a wing may import. */
  const forbidden: Readonly<Record<string, readonly string[]>> = {
    'src/runtime/commands/': ['src/runtime/queries/'],
    'src/runtime/queries/': ['src/runtime/commands/'],
    'src/runtime/projections/': ['src/runtime/commands/', 'src/runtime/queries/'],
  };

  it('know nothing of each other: commands nothing of queries, queries nothing of commands, projections nothing of either', () => {
    const against = Object.entries(forbidden).flatMap(([wing, others]) =>
      sources
        .filter(({ file }) => file.startsWith(wing))
        .flatMap(({ file, inner }) =>
          inner
            .filter((target) => others.some((other) => target.startsWith(other)))
            .map((target) => `${file} -> ${target}`),
        ),
    );
    expect(against).toEqual([]);
    for (const wing of Object.keys(forbidden)) {
      expect(sources.filter(({ file }) => file.startsWith(wing)).length).toBeGreaterThan(5);
    }
  });

  it('hold no status number of a failure, no problem document and no media type', () => {
    const ofHttp = /\b(40\d|41\d|422|429|50[1-4])\b|urn:|'(application|text)\/|event-stream/;
    const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const found = sources
      .filter(({ file, text }) => file.startsWith('src/runtime/') && ofHttp.test(withoutComments(text)))
      .map(({ file }) => file);
    expect(found).toEqual([]);
  });
});

describe('The rooms of the domain', () => {
  it('know no framework, no driver and no input or output', () => {
    const allowed = (file: string, name: string): boolean =>
      ['src/domain', 'src/seals'].includes(roomOf(file)) && name === 'node:crypto';
    const known = pure.flatMap(({ file, outer }) =>
      outer.filter((name) => !allowed(file, name)).map((name) => `${file} -> ${name}`),
    );
    expect(known).toEqual([]);
  });

  it('know no clock and no source of chance: time and ids are arguments', () => {
    const banned =
      /Date\.now|new Date\(\)|Math\.random|randomUUID|randomBytes|performance\.now|process\.|setTimeout|console\.(log|info|warn|error)/;
    expect(pure.filter(({ text }) => banned.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

describe('A text for a shell, a spreadsheet, Markdown or a terminal', () => {
  it('is escaped in the room of texts and nowhere else', () => {
    // A quote, a backtick, a control character or a class of them that is replaced, or a number for PowerShell.
    const escaping = /replace(All)?\(\s*(\/[^/\n]*(\\p\{C|`|\\x1b|\\u001b|\\u202)|["'`]["'`])|\[char\]0x/i;
    expect('text.replaceAll("\'", "x") text.replaceAll(/\\p{Cc}/gu, x)').toMatch(escaping);
    const own = sources.filter(({ file, text }) => roomOf(file) !== 'text' && escaping.test(text));
    // It keeps the words of a signed record in one line of its file, which is for no shell and no screen.
    expect(own.map(({ file }) => file)).toEqual(['src/runtime/seals/seal-keys.ts']);
  });

  it('is printed by the command line in one place', () => {
    const printing = /\b(stdout|stderr)\.write\(|console\.(log|error)\(/;
    const own = sources.filter(({ file, text }) => file.startsWith('src/cli/') && printing.test(text));
    expect(own.map(({ file }) => file)).toEqual(['src/cli/io.ts']);
  });
});

describe('The page', () => {
  it('knows the service by the types of its answers, and holds nothing of it', () => {
    const pages = globSync('web/src/**/*.{ts,tsx}', { cwd: root });
    expect(pages.length).toBeGreaterThan(0);
    const inside = (file: string, from: string): boolean =>
      !from.startsWith('.') || join(file, '..', from).startsWith('web/src/');
    // The table of stages is data, from which the page draws them.
    const isAllowed = (statement: string, from: string): boolean =>
      from.endsWith('/policy/stages.js') ||
      (statement.startsWith('import type') && /\/(src\/contract|policy|projections)\//.test(from));
    const ofService = pages.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/^(import[^;]*?'([^']+)')/gm)]
        .filter(([, statement = '', from = '']) => !inside(file, from) && !isAllowed(statement, from))
        .map(([, statement]) => `${file}: ${statement ?? ''}`),
    );
    expect(ofService).toEqual([]);
  });

  it('has its texts in one place', () => {
    const screens = globSync('web/src/**/*.tsx', { cwd: root });
    const spoken = screens.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)[^<{]*</g)].map(
        ([, text]) => `${file}: ${text ?? ''}`,
      ),
    );
    expect(spoken).toEqual([]);
  });
});

describe('A property', () => {
  it('is tried with the seed of the run: suites take fast-check from the room of support', () => {
    const own = globSync('test/**/*.spec.ts', { cwd: root }).filter((file) =>
      importsIn(readFileSync(join(root, file), 'utf8')).includes('fast-check'),
    );
    expect(own).toEqual([]);
  });
});

describe('A source file', () => {
  it('has at most 250 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 251).map(({ file }) => file);
    expect(long).toEqual([]);
  });

  it('goes round neither the compiler nor the linter', () => {
    const evasion = /\bas any\b|as unknown as|@ts-ignore|@ts-expect-error|eslint-disable|\bTODO\b|\bFIXME\b/;
    expect(sources.filter(({ text }) => evasion.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

describe('A test file', () => {
  const tests = globSync('test/**/*.ts', { cwd: root }).map((file) => ({
    file,
    text: readFileSync(join(root, file), 'utf8'),
  }));

  it('runs all of its tests', () => {
    const held = new RegExp(
      ['\\b(it|test|describe)\\.(skip|on', 'ly|todo)\\b|\\bx(it|describe)\\('].join(''),
    );
    expect(tests.filter(({ text }) => held.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

/** The ways that lead back to where they began, each named once. */
function cyclesAmong(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const seen = way.indexOf(file);
    if (seen >= 0) {
      cycles.push([...way.slice(seen), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return cycles;
}
