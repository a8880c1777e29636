/**
 * Where a suite runs: jest's own environment, and the compiler of the schemas of docs/openapi.json. Every suite loads its
 * modules afresh, and loading and running the compiler took a third of what a short suite over HTTP costs; this one is
 * shared by all suites of a process.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { TestEnvironment } from 'jest-environment-node';
import { measurement } from '../attack/support/measure.js';

/** As the service writes times. */
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const file = join(import.meta.dirname, '..', '..', 'docs', 'openapi.json');
const written = () => statSync(file).mtimeMs;

function compilerOf(moment) {
  const formats = { 'date-time': time };
  const ajv = new Ajv2020({ discriminator: true, strict: false, validateSchema: false, formats });
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')), 'openapi');
  return { moment, ajv, validators: new Map() };
}

let compiler = null;
function validatorOf(pointer) {
  compiler ??= compilerOf(written());
  const { ajv, validators } = compiler;
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `openapi${pointer}` });
  validators.set(pointer, validate);
  return validate;
}

/** Says what of a value is not as the schema at a JSON pointer says; null where it is. */
function misfitOf(pointer, value) {
  const validate = validatorOf(pointer);
  if (validate(value)) return null;
  return validate.errors
    .map(({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join('; ');
}

export default class extends TestEnvironment {
  /** Only `npm run attack` measures. */
  handleTestEvent = measurement();

  async setup() {
    await super.setup();
    // The file may have changed while jest watches.
    if (compiler !== null && compiler.moment !== written()) compiler = null;
    this.global.misfitOfSchema = misfitOf;
  }
}
