/** Random documents of the grammar of CLIXML, with the names of the product in the wrong places. */
import { Random } from '../../../examples/generator/random.js';
import { zipOf } from '../../../examples/generator/export-file/zip.js';
import { entry, objs } from './clixml.js';

const files = [
  'Workflows.xml',
  'Queues.xml',
  'AgentGroups.xml',
  'HoursOfBusiness.xml',
  'HolidaySets.xml',
  'Configuration.xml',
  'Agents.xml',
] as const;

const names = [
  'InstanceId',
  'Identity',
  'Name',
  'OwnerPool',
  'Fqdn',
  'DefaultAction',
  'Action',
  'Question',
  'Prompt',
  'AnswerList',
  'AgentGroupIDList',
  'AgentsByUri',
  'QueueID',
  'PrimaryUri',
  'MondayHours1',
  'OpenTime',
  'HolidayList',
  'UniqueName',
  'OriginalFileName',
  'CustomMusicOnHoldFile',
  '__proto__',
  'constructor',
  'Key',
  'Value',
  '',
] as const;

const words = [
  'TransferToQuestion',
  'TransferToQueue',
  'Terminate',
  'Formal',
  'sip:kim@contoso.com',
  'x1',
  'x2',
  'true',
  '600',
  'PT1H',
  '2013-02-30',
  'a.wav',
  '_xD800_',
  '_x001B_',
  '&#x202E;',
  '',
] as const;

/** Beyond it only leaves are written. */
const deepest = 12;

class Writer {
  private objects = 0;

  constructor(private readonly random: Random) {}

  value(depth: number): string {
    const name = ` N="${this.random.pick(names)}"`;
    if (depth >= deepest || this.random.chance(0.4)) return this.leaf(name);
    switch (this.random.between(0, 5)) {
      case 0:
        return this.objects === 0 ? this.leaf(name) : `<Ref${name} RefId="${this.number()}" />`;
      case 1:
        return `<Obj${name}${this.id()}><LST>${this.some(depth)}</LST></Obj>`;
      case 2:
        return `<Obj${name}${this.id()}><DCT><En>${this.some(depth)}</En></DCT></Obj>`;
      case 3:
        return `<Obj${name}${this.id()}><ToString>${this.random.pick(words)}</ToString>${this.some(depth)}</Obj>`;
      case 4:
        return `<Obj${name}${this.id()}><MS>${this.some(depth)}</MS><Props>${this.some(depth)}</Props></Obj>`;
      default:
        return `<Obj${name}${this.id()}><Props>${this.some(depth)}</Props></Obj>`;
    }
  }

  private some(depth: number): string {
    return Array.from({ length: this.random.between(0, 5) }, () => this.value(depth + 1)).join('');
  }

  private leaf(name: string): string {
    const element = this.random.pick(['S', 'S', 'S', 'I32', 'B', 'Nil', 'G', 'TS', 'Db', 'URI', 'Unknown']);
    if (element === 'Nil') return `<Nil${name} />`;
    const fitting = { I32: '17', Db: '1.5', B: 'true' }[element];
    const word = fitting === undefined || this.random.chance(0.01) ? this.random.pick(words) : fitting;
    return `<${element}${name}>${word}</${element}>`;
  }

  /** Of an object that was begun; rarely of one that never will be. */
  private number(): number {
    return this.random.between(0, this.random.chance(0.01) ? this.objects + 1 : this.objects - 1);
  }

  private id(): string {
    const id = this.objects;
    this.objects += 1;
    return ` RefId="${id}"`;
  }
}

export function randomClixml(seed: number): Buffer {
  const random = new Random(seed);
  return zipOf(
    files.map((file) => {
      const writer = new Writer(random);
      const count = random.between(0, 3);
      return entry(file, objs(Array.from({ length: count }, () => writer.value(0)).join('')), {
        stored: true,
      });
    }),
  );
}
