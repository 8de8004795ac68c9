import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { type ValidationError, validateSync } from 'class-validator';
import { type Contract, convertParameter, variantsOf } from '#contracts';
import { InputErrors, pointerToken } from './input-errors.ts';
import { readInput } from './read-input.ts';

/**
 * Checks every body and query against its contract class. The contract's limits come first (`readInput`), so that what
 * class-validator sees is never larger than the contract allows. Unknown fields are refused, not dropped.
 */
@Injectable()
export class ContractValidationPipe implements PipeTransform {
  transform(given: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || !metatype || primitiveTypes.has(metatype)) return given;
    const kind = type === 'body' ? 'invalid-fields' : 'invalid-parameters';
    const errors = new InputErrors();
    // A missing body counts as an empty one: valid where every field is optional, else the missing fields are named.
    const value = given === undefined ? {} : given;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      errors.add('', 'must be a JSON object');
      throw errors.toProblem(kind, 'The body must be a JSON object.');
    }
    const contract = selectVariant(metatype as Contract, value, errors);
    if (!contract) throw errors.toProblem(kind);
    const convert =
      type === 'query' ? (name: string, text: unknown) => convertParameter(contract, name, text) : undefined;
    const { instance, refused } = readInput(contract, value, errors, convert);
    for (const error of validateSync(instance, { forbidUnknownValues: true })) addErrors(error, '', refused, errors);
    if (errors.any) throw errors.toProblem(kind);
    return instance;
  }
}

/** The class itself, or the one of its variants that the value says it is; undefined, with an error, where it is none. */
function selectVariant(contract: Contract, value: object, errors: InputErrors): Contract | undefined {
  const variants = variantsOf(contract);
  if (!variants) return contract;
  const { property, classes } = variants;
  const name = (value as Record<string, unknown>)[property];
  if (typeof name === 'string' && Object.hasOwn(classes, name)) return classes[name];
  errors.add(`/${property}`, `must be one of ${Object.keys(classes).join(', ')}`);
  return undefined;
}

const primitiveTypes = new Set<unknown>([String, Number, Boolean, Array, Object]);

/** Adds what class-validator found, except below pointers that were refused already. */
function addErrors(error: ValidationError, parent: string, refused: ReadonlySet<string>, errors: InputErrors): void {
  const pointer = `${parent}/${pointerToken(error.property)}`;
  if (refused.has(pointer)) return;
  const name = `${error.property} `;
  for (const message of Object.values(error.constraints ?? {}))
    errors.add(pointer, message.startsWith(name) ? message.slice(name.length) : message);
  for (const child of error.children ?? []) addErrors(child, pointer, refused, errors);
}
