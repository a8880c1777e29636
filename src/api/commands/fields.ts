/** The kinds of fields in bodies: how each is checked, normalised and documented. */
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateBy,
} from 'class-validator';
import { identifierPattern, idOnRecordPattern } from '../../../policy/ids.js';
import { namedServices, serviceNamed, serviceNames } from '../../../policy/services.js';
import { limits } from '../../../policy/limits.js';
import { agentAddressOf, agentOnRecord, sipAddress } from '../../../policy/sip.js';
import { millisecondsOf } from '../../../policy/texts/durations.js';
import { barredCharacterIn } from '../../../policy/texts/characters.js';
import { poolNameOf } from '../../domain/names.js';

interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  readonly optional?: boolean;
}

export const fqdnPattern =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** No characters that a reader cannot see, or that change what is read. */
const NoneBarred = (): PropertyDecorator =>
  ValidateBy({
    name: 'noneBarred',
    validator: {
      validate: (value: unknown) => typeof value !== 'string' || barredCharacterIn(value) === null,
      defaultMessage: (found) => {
        const code = typeof found?.value === 'string' ? barredCharacterIn(found.value) : null;
        return `$property must not hold ${code ?? 'that'}: control characters, and those that are invisible or change the direction of text, are not allowed`;
      },
    },
  });

const normalised = (how: (text: string) => string): PropertyDecorator =>
  Transform(({ value }: TransformFnParams): unknown => (typeof value === 'string' ? how(value) : value));

function field(
  options: FieldOptions,
  more: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const { description, example, optional = false } = options;
  const documented = {
    description,
    required: !optional,
    ...(example === undefined ? {} : { example }),
    ...more,
  };
  return applyDecorators(
    ApiProperty(documented as ApiPropertyOptions),
    ...(optional ? [IsOptional()] : []),
    ...checks,
  );
}

export const Fqdn = (options: FieldOptions): PropertyDecorator =>
  field(
    { example: 'pool-a.contoso.com', ...options },
    { type: String, maxLength: limits.fqdn },
    normalised(poolNameOf),
    Matches(fqdnPattern, {
      message: '$property must be the fully qualified name of a pool, such as pool-a.contoso.com',
    }),
  );

const sipField = (pattern: RegExp, options: FieldOptions): PropertyDecorator =>
  field(
    { example: 'sip:kim@contoso.com', ...options },
    { type: String },
    normalised((text) => text.trim().toLowerCase()),
    Matches(pattern, { message: '$property must be a SIP address, such as sip:kim@contoso.com' }),
  );

/** The address of an agent who may be on record. */
export const Sip = (options: FieldOptions): PropertyDecorator => sipField(agentOnRecord, options);
/** The address of an agent who is new. */
export const NewSip = (options: FieldOptions): PropertyDecorator => sipField(sipAddress, options);

/** The address of an agent in a query, where the scheme may be left out. */
export const AgentAddress = (options: FieldOptions): PropertyDecorator =>
  field(
    { example: 'kim@contoso.com', ...options, optional: true },
    { type: String },
    normalised(agentAddressOf),
    Matches(agentOnRecord, {
      message: '$property must be the address of an agent, such as kim@contoso.com or sip:kim@contoso.com',
    }),
  );

/** Ids that clients choose: they end up in stream names and URLs. */
export const Identifier = (options: FieldOptions): PropertyDecorator =>
  field(
    options,
    { type: String, maxLength: limits.id, pattern: identifierPattern.source },
    Matches(identifierPattern, {
      message:
        '$property must be 1 to 128 characters: a letter or digit, then letters, digits and any of . _ : @ ~ + = -',
    }),
  );

/** The id of an object that may be on record, and that a file may have brought. */
export const ObjectId = (options: FieldOptions): PropertyDecorator =>
  field(
    options,
    { type: String, maxLength: limits.id, pattern: idOnRecordPattern.source },
    Matches(idOnRecordPattern, {
      message: `$property must be the id of an object: 1 to ${limits.id} characters, none of them blank`,
    }),
  );

export const Text = (longest: number, options: FieldOptions): PropertyDecorator =>
  field(
    options,
    { type: String, minLength: 1, maxLength: longest },
    normalised((text) => text.trim()),
    IsString({ message: '$property must be text' }),
    MinLength(1, { message: '$property must not be empty' }),
    MaxLength(longest, { message: `$property must be at most ${longest} characters` }),
    NoneBarred(),
  );

export const OneOf = (allowed: readonly string[], options: FieldOptions): PropertyDecorator =>
  field(
    { example: allowed[0], ...options },
    { type: String, enum: [...allowed] },
    IsIn([...allowed], { message: `$property must be one of: ${allowed.join(', ')}` }),
  );

/** A service by any of its names, in any case, with hyphens, spaces or neither; the value is the name that events have. */
export const ServiceName = (options: FieldOptions): PropertyDecorator =>
  field(
    options,
    { type: String },
    normalised((name) => serviceNamed(name) ?? name),
    IsIn([...namedServices], {
      message: `$property must be one of: ${serviceNames.join(', ')}`,
    }),
  );

export const Flag = (options: FieldOptions): PropertyDecorator =>
  field(
    { optional: true, ...options },
    { type: Boolean },
    IsBoolean({ message: '$property must be true or false' }),
  );

/** The longest target, in milliseconds: some years, and far below what a number can say. */
const longestDuration = 366 * 10 * 86_400_000;

/** Whole milliseconds, or text such as `PT30M`, `30m` or `none`. It is read into milliseconds. */
export const Duration = (options: FieldOptions): PropertyDecorator =>
  field(
    { ...options, optional: true },
    {
      oneOf: [
        { type: 'integer', minimum: 1, maximum: longestDuration },
        { type: 'string', examples: ['PT30M', '30m', 'none'] },
      ],
    },
    Transform(({ value }: TransformFnParams): unknown => durationOf(value)),
    ValidateBy({
      name: 'duration',
      validator: {
        validate: (value: unknown) =>
          value === 'none' ||
          (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= longestDuration),
        defaultMessage: () =>
          '$property must be a length of time: whole milliseconds from 1 on, text such as PT30M, 30m or 24h, of ten years at the most; or none',
      },
    }),
  );

function durationOf(value: unknown): unknown {
  if (value === null) return 'none';
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return text.toLowerCase() === 'none' ? 'none' : (millisecondsOf(text) ?? value);
}

export const Members = (options: FieldOptions): PropertyDecorator =>
  field(
    { optional: true, ...options },
    { type: Object, additionalProperties: true },
    IsObject({ message: '$property must be an object' }),
  );
