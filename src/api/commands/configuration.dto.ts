import {
  applicationSettingsKind,
  objectKinds,
  tools,
  type EditableKind,
  type ObjectKind,
  type Properties,
  type Tool,
} from '../../../events/vocabulary.js';
import { limits } from '../../../policy/limits.js';
import { DatedDto } from './dated.dto.js';
import { Fqdn, Identifier, Members, ObjectId, OneOf, Text } from './fields.js';

const properties = "The cmdlets' own property names in camelCase; what is left out has its default.";

export class CreateObjectDto extends DatedDto {
  @Fqdn({ description: 'The parent: the pool that hosts the object, and owns it.' })
  pool!: string;

  @OneOf(objectKinds, { description: 'The kind of object.', example: 'workflow' })
  kind!: ObjectKind;

  @Identifier({
    description: 'The id of the object; made up where absent.',
    example: 'help-desk',
    optional: true,
  })
  id?: string;

  @Text(limits.name, {
    description: 'The name, unique among objects of the kind on the pool.',
    example: 'Help Desk',
  })
  name!: string;

  @Members({ description: properties, example: { primaryUri: 'sip:helpdesk@contoso.com', anonymous: false } })
  properties?: Properties;

  @OneOf(tools, { description: 'The tool that is used.' })
  tool!: Tool;
}

export class ModifyObjectDto extends DatedDto {
  @Fqdn({ description: 'The parent: the pool that hosts the copy.' })
  pool!: string;

  @OneOf([...objectKinds, applicationSettingsKind], {
    description: 'The kind of object.',
    example: 'agent-group',
  })
  kind!: EditableKind;

  @ObjectId({
    description:
      'The id of the object; the settings of a pool have one, `application-settings`, and need none.',
    example: 'first-line',
    optional: true,
  })
  id?: string;

  @Text(limits.name, {
    description: 'The new name, where it changes.',
    example: 'First line',
    optional: true,
  })
  name?: string;

  @Members({ description: 'The properties that change; null resets one.', example: { agentAlertTime: 30 } })
  properties?: Properties;

  @OneOf(tools, { description: 'The tool that is used.', example: 'managementShell' })
  tool!: Tool;
}

export class RemoveObjectDto extends DatedDto {
  @Fqdn({ description: 'The parent: the pool that hosts the copy.' })
  pool!: string;

  @OneOf(objectKinds, { description: 'The kind of object.', example: 'queue' })
  kind!: ObjectKind;

  @ObjectId({ description: 'The id of the object.', example: 'help-desk-queue' })
  id!: string;

  @OneOf(tools, { description: 'The tool that is used.', example: 'managementShell' })
  tool!: Tool;
}
