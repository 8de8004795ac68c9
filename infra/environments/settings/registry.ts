/** One ECR repository a service: tags never move, every push is scanned. */
export class NewRegistry {
  readonly from = 'create';
  /** Images that are kept; older ones expire. */
  keepImages = 20;
  /** Untagged images expire after this. */
  untaggedDays = 7;
  /** Whether destroying the environment throws its images away; only for throwaway environments. */
  forceDelete = false;
}

export class ExistingRegistry {
  readonly from = 'existing';
  /** Repository names. */
  repositories: { api: string; gateway: string } = { api: 'stockroom-api', gateway: 'stockroom-gateway' };
}

export type RegistrySettings = NewRegistry | ExistingRegistry;
