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
} from 'class-validator';
import { poolNameOf } from '../../domain/names.js';

interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  readonly optional?: boolean;
}

/** Ids that clients choose: they end up in stream names and URLs. */
export const identifierPattern = /^[A-Za-z0-9][A-Za-z0-9._:@~+=-]{0,127}$/;
export const fqdnPattern =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
export const sipPattern = /^sip:[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]{1,253}$/;

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
    { type: String, maxLength: 253 },
    normalised(poolNameOf),
    Matches(fqdnPattern, {
      message: '$property must be the fully qualified name of a pool, such as pool-a.contoso.com',
    }),
  );

export const Sip = (options: FieldOptions): PropertyDecorator =>
  field(
    { example: 'sip:kim@contoso.com', ...options },
    { type: String },
    normalised((text) => text.trim().toLowerCase()),
    Matches(sipPattern, { message: '$property must be a SIP address, such as sip:kim@contoso.com' }),
  );

export const Identifier = (options: FieldOptions): PropertyDecorator =>
  field(
    options,
    { type: String, maxLength: 128, pattern: identifierPattern.source },
    Matches(identifierPattern, {
      message:
        '$property must be 1 to 128 characters: a letter or digit, then letters, digits and any of . _ : @ ~ + = -',
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
    Matches(/^[^\p{Cc}]*$/u, { message: '$property must not hold control characters' }),
  );

export const OneOf = (allowed: readonly string[], options: FieldOptions): PropertyDecorator =>
  field(
    { example: allowed[0], ...options },
    { type: String, enum: [...allowed] },
    IsIn([...allowed], { message: `$property must be one of: ${allowed.join(', ')}` }),
  );

export const Flag = (options: FieldOptions): PropertyDecorator =>
  field(
    { optional: true, ...options },
    { type: Boolean },
    IsBoolean({ message: '$property must be true or false' }),
  );

export const Members = (options: FieldOptions): PropertyDecorator =>
  field(
    { optional: true, ...options },
    { type: Object, additionalProperties: true },
    IsObject({ message: '$property must be an object' }),
  );
