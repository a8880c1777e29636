/** The OpenAPI document: the request side as Nest makes it from the controllers, and all that the service can answer. */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { permissionOf } from '../../access/permissions.js';
import { invalidProblem } from '../../contract/problems.js';
import { version } from '../../contract/version.js';
import { whyWithoutMoments } from '../http/without-moments.js';
import { poolkeeperModules } from '../poolkeeper.module.js';
import { SchemaComponents } from './components.js';
import { recordedExamples, type Examples } from './examples.js';
import type { OperationLine } from './line.js';
import { operations } from './operations.js';
import { bodyOf, headerParameters, parametersOf, schemaOf31 } from './requests.js';
import { headerComponents, Responses } from './responses.js';
import { tags } from './tags.js';

const info = {
  title: 'Poolkeeper',
  summary: 'What happens to response groups when a Lync Server or Skype for Business pool fails.',
  description:
    'Commands are recorded as events, and views answer from them, live and for any moment of the past, each with the statement of the documentation that decides it.',
  version,
  license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
};

const servers = [
  { url: '/', description: 'The service that this document comes from.' },
  {
    url: 'http://{host}:{port}',
    description: 'A service on its own machine, as HOST and PORT configure it.',
    variables: { host: { default: '127.0.0.1' }, port: { default: '3000' } },
  },
];

const methods = ['get', 'put', 'post', 'delete'] as const;
type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['get']>;

/**
 * Describes the routes of Poolkeeper, also where they are a part of a larger application.
 * @throws where an operation has no line in the table, or a line no operation
 */
export function openApiDocument(
  application: INestApplication,
  examples: Examples = recordedExamples,
): OpenAPIObject {
  const base = new DocumentBuilder().setOpenAPIVersion('3.1.0').build();
  const document = SwaggerModule.createDocument(application, base, { include: [...poolkeeperModules] });
  const schemas = new SchemaComponents();
  const responses = new Responses(schemas, examples);
  const paths = completedPaths(document.paths, responses);
  const requests = Object.entries(document.components?.schemas ?? {});
  return Object.assign(document, {
    info,
    servers,
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: {
        ...Object.fromEntries(requests.map(([name, schema]) => [name, schemaOf31(schema)])),
        ...schemas.all,
      },
      responses: responses.all,
      headers: headerComponents,
      securitySchemes,
    },
  });
}

function completedPaths(paths: Paths, responses: Responses): Readonly<Record<string, object>> {
  const left = new Set(Object.keys(operations));
  const completed = Object.entries(paths).map(([path, item]): [string, object] => {
    const all = methods.flatMap((method): [string, object][] => {
      const operation = item[method];
      if (operation === undefined) return [];
      left.delete(operation.operationId ?? '');
      return [[method, completedOperation(operation, `${method} ${path}`, responses)]];
    });
    return [path, Object.fromEntries(all)];
  });
  if (left.size > 0) throw new Error(`No controller has the operations ${[...left].join(', ')}.`);
  return Object.fromEntries(completed);
}

/** As the table of permissions has it: an open service asks for no key. */
function accessOf(operation: string): object {
  const { role, scope, asFile, asPreview } = permissionOf(operation);
  return {
    security: role === null ? [] : [{ key: [] }],
    'x-required-role': role ?? 'none',
    ...(asFile === undefined ? {} : { 'x-required-role-as-file': asFile }),
    ...(asPreview === undefined ? {} : { 'x-required-role-as-preview': asPreview }),
    'x-pool-scope': scope.of,
  };
}

const securitySchemes = {
  key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'pk_<id>.<secret>',
    description: 'An API key. Where the service is open, none is needed.',
  },
};

/** An operation that takes no moment says so, whatever else it may find wrong. */
const refusingMoments = (operationId: string, line: OperationLine): OperationLine =>
  !Object.hasOwn(whyWithoutMoments, operationId) || line.problems.includes(invalidProblem)
    ? line
    : { ...line, problems: [...line.problems, invalidProblem] };

function completedOperation(operation: Operation, where: string, responses: Responses): object {
  const { operationId = '', parameters = [], requestBody } = operation;
  const line = operations[operationId];
  if (line === undefined) {
    throw new Error(`${where} (${operationId}) has no line in src/api/documentation/operations.ts.`);
  }
  const declared = parameters.flatMap((parameter) => ('name' in parameter ? [parameter] : []));
  return {
    operationId,
    summary: operation.summary ?? '',
    ...(operation.description === undefined ? {} : { description: operation.description }),
    tags: [line.tag],
    parameters: [...parametersOf(operationId, declared), ...headerParameters(line.reads)],
    ...(requestBody === undefined ? {} : { requestBody: bodyOf(requestBody) }),
    ...accessOf(operationId),
    responses: responses.of(operationId, refusingMoments(operationId, line)),
  };
}
