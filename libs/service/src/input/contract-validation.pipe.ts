import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { type InputError, parseQuery, variantsOf } from '#contracts';
import { Problem } from '../http/problem.ts';
import { cacheValidationMetadata } from './cache-validation-metadata.ts';

cacheValidationMetadata();

/** Checks what comes in against its contract class, once, at the border. Unknown fields are refused, not dropped. */
@Injectable()
export class ContractValidationPipe implements PipeTransform {
  transform(given: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || !metatype || primitiveTypes.has(metatype)) return given;
    // No body at all is an empty one: right where every field may be absent, else the missing fields are named.
    const value = given === undefined ? {} : given;
    const wrong = (detail: string, errors: InputError[]) =>
      type === 'body'
        ? new Problem('invalid-fields', detail, { errors })
        : new Problem('invalid-parameters', detail, { errors });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrong('The body must be a JSON object.', [{ pointer: '', detail: 'must be a JSON object' }]);
    }
    const dto =
      type === 'query'
        ? parseQuery(metatype as Contract, value)
        : plainToInstance(selectVariant(metatype as Contract, value, wrong), value, { exposeDefaultValues: true });
    const found = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
    if (found.length === 0) return dto;
    const errors = found.flatMap((error) => toInputErrors(error, ''));
    throw wrong(
      errors
        .map(({ pointer, detail }) => `${pointer}: ${detail}`)
        .join('; ')
        .slice(0, 1000),
      errors,
    );
  }
}

type Contract = new () => object;

/** The class itself, or the one of its variants that the value says it is. */
function selectVariant(
  contract: Contract,
  value: object,
  wrong: (detail: string, errors: InputError[]) => Problem,
): Contract {
  const variants = variantsOf(contract);
  if (!variants) return contract;
  const { property, classes } = variants;
  const name = (value as Record<string, unknown>)[property];
  if (typeof name === 'string' && Object.hasOwn(classes, name)) return classes[name]!;
  const detail = `must be one of ${Object.keys(classes).join(', ')}`;
  throw wrong(`/${property}: ${detail}`, [{ pointer: `/${property}`, detail }]);
}

const primitiveTypes = new Set<unknown>([String, Number, Boolean, Array, Object]);

function toInputErrors(error: ValidationError, parent: string): InputError[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    pointer,
    detail:
      rule === 'whitelistValidation'
        ? 'is not a field here'
        : message.replace(new RegExp(`^${escape(error.property)} `), ''),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => toInputErrors(child, pointer))];
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
