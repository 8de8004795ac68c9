import { ApiProperty } from '@nestjs/swagger';
import { ListOf, Nested, OneOf, Text, Time, Uuid } from './fields.ts';
import { ListQuery } from './lists.ts';
import { Actor } from './references.ts';

/** The fields whose changes are recorded, by what they are of. */
const fields = {
  item: [
    'sku',
    'name',
    'description',
    'barcode',
    'moreBarcodes',
    'category',
    'unit',
    'unitCost',
    'reorderPoint',
    'attributes',
    'photo',
  ],
  location: ['code', 'name'],
  import: ['fileName', 'mode', 'stock', 'state'],
  user: ['email', 'name', 'role', 'password', 'twoFactor'],
  'api-key': ['name', 'role', 'prefix', 'expiresAt'],
  webhook: ['url', 'description', 'types', 'enabled', 'secret'],
} as const;

export type AuditSubjectKind = keyof typeof fields;
export type AuditField = (typeof fields)[AuditSubjectKind][number];

export const auditSubjectKinds = Object.keys(fields) as AuditSubjectKind[];
export const auditFields: AuditField[] = [...new Set(Object.values(fields).flat())];

/** Subjects whose entries only admins may read. */
export const adminAuditSubjectKinds: readonly AuditSubjectKind[] = ['user', 'api-key', 'webhook'];

export const auditActions = ['created', 'updated', 'archived', 'restored', 'removed'] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditSorts = ['createdAt', '-createdAt'] as const;

export class ListAuditEntries extends ListQuery {
  @OneOf(auditSorts, { optional: true, description: 'Default: -createdAt.' })
  sort?: (typeof auditSorts)[number];

  @OneOf(auditSubjectKinds, { optional: true, description: 'What was changed. Default: all that the caller may read.' })
  subjectKind?: AuditSubjectKind;

  @Uuid({ optional: true, description: 'Changes of this one.' })
  subjectId?: string;

  @Uuid({ optional: true, description: 'Changes by this person or key.' })
  actorId?: string;

  @OneOf(auditFields, { optional: true, description: 'Changes of this field.' })
  field?: AuditField;

  @Time({ optional: true, description: 'From this time on.' })
  from?: string;

  @Time({ optional: true, description: 'Before this time.' })
  to?: string;
}

export class AuditSubject {
  @OneOf(auditSubjectKinds, { example: 'item' })
  kind!: AuditSubjectKind;

  @Uuid()
  id!: string;

  @Text({
    max: 255,
    example: 'MUG-01',
    description:
      'Its SKU, code, file name, name or description as it is now, or the server of its URL. Of one that was removed, the last.',
  })
  name!: string;
}

/** A value as the resource shows it. */
const Value = (example: unknown, description: string) =>
  ApiProperty({
    oneOf: [
      { type: 'string' },
      { type: 'integer' },
      { type: 'boolean' },
      { type: 'object', additionalProperties: { type: 'string' } },
    ],
    nullable: true,
    example,
    description,
  });

export class AuditChange {
  @OneOf(auditFields, { example: 'unitCost' })
  field!: AuditField;

  @Value(450, 'The value before. Of attributes, those that differ. Of a password or secret, always null.')
  from!: string | number | boolean | Record<string, string> | null;

  @Value(475, 'The value after. Of attributes, those that differ. Of a password or secret, always null.')
  to!: string | number | boolean | Record<string, string> | null;
}

/** One change of one thing: who made it, when, from where, and what it changed. */
export class AuditEntry {
  @Uuid()
  id!: string;

  @Time()
  createdAt!: string;

  @Nested(() => Actor)
  createdBy!: Actor;

  @Uuid({ nullable: true, description: 'The session of a person. Null for keys, and for callers who are no admin.' })
  sessionId!: string | null;

  @Text({
    nullable: true,
    max: 45,
    example: '203.0.113.7',
    description: 'The address that the request came from. Null where there was none, and for callers who are no admin.',
  })
  address!: string | null;

  @Uuid({ nullable: true, description: 'The import that made the change, or whose undo did.' })
  importId!: string | null;

  @OneOf(auditActions, { example: 'updated' })
  action!: AuditAction;

  @Nested(() => AuditSubject)
  subject!: AuditSubject;

  @ListOf(() => AuditChange, { max: 20 })
  changes!: AuditChange[];
}
