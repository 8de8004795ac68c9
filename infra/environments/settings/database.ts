/** RDS PostgreSQL: reached by the API's tasks only, encrypted, backed up, its URL in Secrets Manager. */
export class NewDatabase {
  readonly from = 'create';
  instanceClass = 'db.t4g.micro';
  /** The API needs PostgreSQL 18: uuidv7(). */
  engineVersion = '18';
  storageGiB = 20;
  /** Storage grows by itself up to this. */
  maxStorageGiB = 100;
  /** A second, synchronous copy in another zone. */
  multiAz = false;
  /** Days that backups are kept. 0 switches them off. */
  backupDays = 7;
  deletionProtection = true;
  /** Query statistics of 7 days, without charge. */
  performanceInsights = false;
  /** Whether a last snapshot is taken when it is destroyed. */
  finalSnapshot = true;
}

/** PostgreSQL as an ECS service, for labs without RDS: one task, its data on one instance's disk, lost with that instance. */
export class ContainerDatabase {
  readonly from = 'container';
  image = 'public.ecr.aws/docker/library/postgres:18';
  /** CPU units; 1024 are one vCPU. */
  cpu = 128;
  memoryReservationMiB = 192;
  memoryMiB = 256;
  /**
   * The EC2 instance whose volume holds the data. The deploy command chooses one of the registered instances.
   * Default: any instance of the first subnet's zone.
   */
  instanceId?: string;
  /** The private zone in which Cloud Map names it. */
  dnsZone = 'stockroom.internal';
}

/** Any PostgreSQL 18, known by the secret that holds its `postgres://` URL. */
export class ExistingDatabase {
  readonly from = 'existing';
  urlSecretArn?: string;
  /** The secret with the schema owner's URL, for migrations. Default: the same role for both. */
  ownerUrlSecretArn?: string | undefined;
  tls: 'verify' | 'off' = 'verify';
}

export type DatabaseSettings = NewDatabase | ContainerDatabase | ExistingDatabase;
