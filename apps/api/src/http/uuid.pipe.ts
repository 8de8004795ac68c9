import { Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Problem } from '#service';

/** An id in the path. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (isUUID(value)) return value.toLowerCase();
    throw new Problem('invalid-parameters', 'The id in the path is not a UUID.', {
      errors: [{ pointer: '/id', detail: 'must be a UUID' }],
    });
  }
}
