/** A task role and an execution role for each service, with what it needs and no more. */
export class NewRoles {
  readonly from = 'create';
  /** What no role may exceed. Default: PowerUserAccess, which excludes IAM. */
  permissionsBoundaryArn?: string;
}

/** Existing roles, by name or ARN; the same for each service. */
export class ExistingRoles {
  readonly from = 'existing';
  taskRole?: string;
  executionRole?: string;
}

export type RolesSettings = NewRoles | ExistingRoles;
