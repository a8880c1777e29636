import { applyDecorators, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { commandSummaries } from '../../domain/command-summaries.js';
import type { CommandBodies, CommandName } from '../../domain/commands.js';

interface Documented<Name extends CommandName> {
  readonly body: Type<CommandBodies[Name]>;
  readonly example: CommandBodies[Name];
}

/**
 * `POST /v1/commands/<name>`, documented with an example that can be sent as it is. What it answers is in
 * `src/api/documentation`.
 */
export function CommandRoute<Name extends CommandName>(
  name: Name,
  { body, example }: Documented<Name>,
): MethodDecorator {
  const summary = commandSummaries[name];
  return applyDecorators(
    Post(name),
    HttpCode(200),
    ApiOperation({ operationId: name, summary }),
    ApiBody({ type: body, examples: { [name]: { summary, value: example } } }),
    ApiQuery({
      name: 'preview',
      required: false,
      schema: { type: 'boolean' },
      description: 'What would the command do? Nothing is stored; the role viewer is enough.',
    }),
    ApiHeader({
      name: 'X-Actor',
      required: false,
      description:
        'Who gives the command where the service is open; its own user where absent. Elsewhere it is who is proved, and a name that differs is refused.',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'A repeat with the same key gets the first answer.',
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The revision of the stream that the command writes, as an entity tag.',
    }),
  );
}
