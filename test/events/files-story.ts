/** Two nights of files that say all that a file can say, an import that overwrites edits, and a call with its caller. */
import type { JsonObject } from '../../events/envelope.js';
import {
  entriesOf,
  usualStyle,
  type DescribedExport,
  type DescribedObject,
} from '../../examples/generator/export-file/export-file.js';
import { zipOf } from '../../examples/generator/export-file/zip.js';
import { defaultsOf, propertyTables } from '../../policy/object-properties/tables.js';
import type { ObjectKind, Properties } from '../../events/vocabulary.js';
import { ask } from '../http/support/commands.js';
import type { Service } from '../http/support/service.js';
import { text } from '../support/text.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const id = (number: number): string => `0a1b2c3d-0000-4000-8000-00000000000${number}`;

const object = (
  kind: ObjectKind,
  number: number,
  name: string,
  properties: Properties,
  more: Partial<DescribedObject> = {},
): DescribedObject => ({
  kind,
  id: id(number),
  name,
  owner: a,
  properties: { ...defaultsOf(propertyTables[kind]), ...properties },
  ...more,
});

const night = (music: string, owner: string, extra: string): DescribedExport => ({
  pool: a,
  objects: [
    object('agent-group', 1, 'Orders agents', { agentsByUri: ['sip:kim@contoso.com'] }),
    object('queue', 2, 'Orders queue', { agentGroupIdList: [id(1)] }, { owner }),
    object(
      'workflow',
      3,
      'Orders',
      {
        primaryUri: 'sip:orders@contoso.com',
        customMusicOnHoldFile: music,
        defaultAction: { action: 'TransferToQueue', queueId: id(2) },
      },
      { unknownProperties: { Extra: extra } },
    ),
  ],
  applicationSettings: {
    agentRingbackGracePeriod: 60,
    defaultMusicOnHoldFile: music,
    disableCallContext: false,
  },
  agents: ['sip:kim@contoso.com'],
  managers: ['sip:lee@contoso.com'],
  audio: (name) => Buffer.from(`the sound of ${name}`),
});

/** With a setting that is no setting, and a file that nobody has described. */
const zipped = (described: DescribedExport): Buffer =>
  zipOf([
    ...entriesOf(described, { ...usualStyle, encoding: 'utf-8' }).map((entry) => ({
      ...entry,
      content: entry.name.endsWith('Configuration.xml')
        ? Buffer.from(
            Buffer.from(entry.content)
              .toString('utf8')
              .replace('<B N="DisableCallContext">false</B>', '<S N="DisableCallContext">perhaps</S>'),
          )
        : entry.content,
    })),
    { name: 'RgsImportExport/Skills.xml', content: Buffer.from('<Objs />') },
  ]);

export async function filesStory(service: Service): Promise<void> {
  const add = async (path: string, described: DescribedExport, query: string): Promise<JsonObject> => {
    const answer = await service.send({
      method: 'PUT',
      url: `/v1/pools/${a}/exports/${encodeURIComponent(path)}${query}`,
      headers: { 'content-type': 'application/zip' },
      payload: zipped(described),
    });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  await service.given(
    ask('register-pair', { pools: [{ fqdn: a }, { fqdn: b }] }),
    ask('create-object', {
      pool: a,
      kind: 'agent-group',
      id: 'by-hand',
      name: 'Orders agents',
      properties: {},
      tool: 'controlPanel',
    }),
  );
  const first = await add('first.zip', night('waltz.wav', a, 'first'), '?now=true');
  await add(
    '\\\\share\\nights\\second.zip',
    night('tango.wav', b, 'second'),
    '?occurredAt=2026-11-24T03:00:00Z',
  );
  const exportId = text(first['exportId']);
  const importing = { destination: b, exportId };
  const workflow = { pool: b, kind: 'workflow', id: id(3), tool: 'managementShell' };
  await service.given(
    ask('import-response-groups', importing),
    ask('modify-object', { ...workflow, properties: { description: 'Edited' } }),
    ask('import-response-groups', { ...importing, overwriteEdits: true }),
    ask('report-call-arrived', {
      callId: 'call-1',
      pool: a,
      responseGroup: id(3),
      caller: 'tel:+493012345',
    }),
  );
}
