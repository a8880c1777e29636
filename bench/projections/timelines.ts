import type { Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { median } from '../report.js';
import { createQuietApplication } from './quiet-application.js';
import { sizes } from './big-log.js';
import { quantile, timeOf, type Limit } from './times.js';

const rounds = 5;

/** What the screen of an incident asks for, over HTTP, one after the other: of every incident of the log, each some times. */
export async function timelines(poolkeeper: Poolkeeper): Promise<readonly Limit[]> {
  const application = await createQuietApplication(poolkeeper);
  await application.listen(0, '127.0.0.1');
  const url = await application.getUrl();
  const asked = async <Value>(path: string): Promise<Value> => {
    const response = await fetch(url + path);
    if (response.status !== 200) throw new Error(`GET ${path}: ${await response.text()}`);
    return (await response.json()) as Value;
  };
  const { incidents } = await asked<{ incidents: readonly { id: string }[] }>('/v1/incidents?limit=100');
  const first: number[] = [];
  const whole: number[] = [];
  const courses: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const { id } of incidents) {
      const course = await timeOf(() => asked(`/v1/incidents/${id}/timeline`));
      (round === 0 ? first : courses).push(course);
      whole.push(await timeOf(() => asked(`/v1/incidents/${id}`)));
    }
  await application.close();
  const beside = `${incidents.length} incidents, ${sizes.events} events`;
  const row = (what: string, measured: number): Limit => ({
    what,
    measured,
    unit: 'ms',
    atMost: 100,
    beside,
  });
  return [
    row('timeline, the first time, median', median(first)),
    row('timeline, from then on, p99', quantile(courses, 0.99)),
    row('incident, p99', quantile(whole, 0.99)),
  ];
}
