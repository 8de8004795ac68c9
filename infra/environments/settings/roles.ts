/** A task role and an execution role for each service, with what it needs and no more. */
export class NewRoles {
  readonly from = 'create';
  /** Some companies refuse roles without one. */
  permissionsBoundaryArn?: string;
}

/** Existing roles, by name or ARN; the same for each service. */
export class ExistingRoles {
  readonly from = 'existing';
  taskRole?: string;
  executionRole?: string;
}

export type RolesSettings = NewRoles | ExistingRoles;
