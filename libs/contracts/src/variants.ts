import type { Type } from '@nestjs/common';

const variants = new WeakMap<object, { property: string; classes: Record<string, Type> }>();

/** Declares that a class stands for several, told apart by one property's value (OpenAPI's discriminator). */
export const Variants =
  (property: string, classes: Record<string, Type>): ClassDecorator =>
  (target) => {
    variants.set(target, { property, classes });
  };

/** The property and the classes that a class stands for, or undefined. */
export const variantsOf = (target: object) => variants.get(target);
