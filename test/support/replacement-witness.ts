import { expect } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import type { Cast, Told, WayIn } from './replacement-cast.js';
import { text } from './text.js';

const views = [
  'pool',
  'visibility',
  'editability',
  'call-status',
  'calls',
  'readiness',
  'runbook',
  'configuration',
  'incidents',
  'exports',
  'statements',
] as const;

type Shown = Readonly<Record<string, Told>>;

interface Moment {
  readonly position: string;
  /** Those that are known by then. */
  readonly pools: readonly string[];
  readonly shown: Shown;
}

/** Looks at the story under the names of all three pools, and remembers what it saw of each moment. */
export class ReplacementWitness {
  readonly #moments: Moment[] = [];
  #ended: { readonly pool: string; readonly replacedBy: string } | null = null;

  constructor(
    private readonly way: WayIn,
    private readonly cast: Pick<Cast, 'standIn'>,
  ) {}

  hasEnded(pool: string, replacedBy: string): void {
    this.#ended = { pool, replacedBy };
  }

  /** The stages of the two pools that stand now, under every name and in every view. */
  async stands(stages: Readonly<Record<string, string>>): Promise<void> {
    const pools = Object.keys(stages);
    for (const [pool, stage] of Object.entries(stages)) {
      const partner = pools.find((one) => one !== pool);
      expect(await this.#view('pool', pool)).toMatchObject({ fqdn: pool, stage, partner });
      expect(await this.#view('runbook', pool)).not.toHaveProperty('ended');
    }
    if (this.#ended !== null) {
      const { pool, replacedBy } = this.#ended;
      for (const view of views) {
        expect({ view, ...(await this.#view(view, pool)) }).toMatchObject({ view, ended: { replacedBy } });
      }
      expect(await this.#view('pool', pool)).toMatchObject({ fqdn: pool, stage: 'failed-over' });
    }
    const position = await this.position(this.cast.standIn);
    const known = [...pools, ...(this.#ended === null ? [] : [this.#ended.pool])];
    this.#moments.push({ position, pools: known, shown: await this.#asOf(position, known) });
  }

  async nothingOfBeforeHasChanged(): Promise<void> {
    for (const { position, pools, shown } of this.#moments)
      expect(await this.#asOf(position, pools)).toEqual(shown);
  }

  async position(pool: string): Promise<string> {
    return text((await this.#view('pool', pool))['position']);
  }

  async calls(id: string): Promise<JsonObject> {
    return accepted(await this.way.call(id));
  }

  async console(agent: string): Promise<JsonObject> {
    return accepted(await this.way.console(agent));
  }

  async next(pool: string): Promise<unknown> {
    return (await this.#view('runbook', pool))['next'];
  }

  async steps(pool: string): Promise<readonly unknown[]> {
    return (await this.#steps(pool)).map(({ id }) => id);
  }

  /** By step. */
  async states(pool: string): Promise<Readonly<Record<string, unknown>>> {
    const states = (await this.#steps(pool)).map(({ id, state }): [string, unknown] => [text(id), state]);
    return Object.fromEntries(states);
  }

  /** The lines that record a step. */
  async recorded(pool: string, step: string): Promise<readonly string[]> {
    const found = (await this.#steps(pool)).find(({ id }) => id === step);
    const instructions = (found?.['instructions'] ?? []) as readonly {
      readonly record?: { readonly commandLine: string } | null;
    }[];
    return instructions.flatMap(({ record }) => record?.commandLine ?? []);
  }

  /** What a step prints. */
  async lines(pool: string, step: string): Promise<string> {
    const found = (await this.#steps(pool)).find(({ id }) => id === step);
    return ((found?.['powershell'] ?? []) as readonly string[]).join('\n');
  }

  /** What readiness finds, by the ids of its findings, and the names of the objects of each. */
  async findings(pool: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
    const { findings } = await this.#view('readiness', pool);
    return Object.fromEntries(
      (findings as readonly { readonly id: string; readonly objects: readonly JsonObject[] }[]).map(
        ({ id, objects }) => [id, objects.map(({ name }) => name)],
      ),
    );
  }

  async finding(pool: string, id: string): Promise<unknown> {
    const { findings } = await this.#view('readiness', pool);
    return (findings as readonly JsonObject[]).find((one) => one['id'] === id);
  }

  async lastExport(pool: string): Promise<unknown> {
    return (await this.#view('readiness', pool))['lastExport'];
  }

  async atStake(pool: string): Promise<unknown> {
    return (await this.#view('readiness', pool))['atStake'];
  }

  async copies(seenFrom: string, parent: string): Promise<readonly JsonObject[]> {
    const { objects } = await this.#view('visibility', seenFrom);
    const order = ['workflow', 'queue', 'agent-group', 'hours-of-business', 'holiday-set'];
    return (objects as readonly JsonObject[])
      .filter((copy) => copy['parent'] === parent)
      .map(({ kind, id, name, owner }) => ({ kind, id, name, owner }))
      .toSorted((one, other) => order.indexOf(text(one['kind'])) - order.indexOf(text(other['kind'])));
  }

  async #steps(pool: string): Promise<readonly JsonObject[]> {
    return (await this.#view('runbook', pool))['steps'] as readonly JsonObject[];
  }

  async #view(view: string, pool: string): Promise<JsonObject> {
    return accepted(await this.way.view(view, pool));
  }

  async #asOf(position: string, pools: readonly string[]): Promise<Shown> {
    const shown: Record<string, Told> = {};
    for (const pool of pools)
      for (const view of views) shown[`${view} ${pool}`] = await this.way.view(view, pool, position);
    return shown;
  }
}

function accepted({ ok, body }: Told): JsonObject {
  if (!ok) throw new Error(`It was to be shown, but: ${JSON.stringify(body)}`);
  return body;
}
