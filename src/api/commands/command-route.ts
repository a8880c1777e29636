import { applyDecorators, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { CommandBodies, CommandName } from '../../domain/commands.js';

interface Documented<Name extends CommandName> {
  readonly summary: string;
  readonly body: Type<CommandBodies[Name]>;
  readonly example: CommandBodies[Name];
}

/** `POST /v1/commands/<name>`, documented with an example that can be sent as it is. */
export const CommandRoute = <Name extends CommandName>(
  name: Name,
  { summary, body, example }: Documented<Name>,
): MethodDecorator =>
  applyDecorators(
    Post(name),
    HttpCode(200),
    ApiOperation({ operationId: name, summary }),
    ApiBody({ type: body, examples: { [name]: { summary, value: example } } }),
    ApiHeader({
      name: 'X-Actor',
      required: false,
      description: "Who gives the command; the service's own user where absent.",
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
    ApiResponse({ status: 200, description: 'Accepted: the events, or none where it already holds.' }),
    ApiResponse({ status: 400, description: 'A field is wrong; `errors` points to each.' }),
    ApiResponse({ status: 404, description: 'What it speaks of does not exist.' }),
    ApiResponse({
      status: 409,
      description: 'A rule forbids it now: `because` names it, `allowed` what would be allowed.',
    }),
    ApiResponse({ status: 412, description: 'The stream is not at the revision of If-Match.' }),
    ApiResponse({ status: 413, description: 'The body is larger than MAX_BODY_BYTES.' }),
    ApiResponse({ status: 422, description: 'The Idempotency-Key came before with another request.' }),
    ApiResponse({ status: 429, description: 'Too many commands are waiting; try again after Retry-After.' }),
    ApiResponse({ status: 503, description: 'The store cannot be reached; try again after Retry-After.' }),
  );
