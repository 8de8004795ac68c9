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
  /** A higher number generates both passwords anew. The API's role of the number before stays valid until the next one. */
  passwordVersion = 1;
}

/**
 * Aurora PostgreSQL Serverless v2: storage that grows by itself, and a reader in another zone that becomes the writer when
 * the writer fails. Until then it answers what may be a few seconds old: reports, exports, lists with `consistency=eventual`.
 */
export class AuroraDatabase {
  readonly from = 'aurora';
  engineVersion = '18';
  /** In Aurora capacity units of about 2 GiB of memory each, in halves, 0 to 256; 0 pauses it after 5 minutes without connections. */
  minCapacity = 0.5;
  /** 1 to 256. */
  maxCapacity = 8;
  /** 0 to 15. */
  readers = 1;
  /** 1 to 35. */
  backupDays = 7;
  deletionProtection = true;
  performanceInsights = false;
  finalSnapshot = true;
  /** As of RDS. */
  passwordVersion = 1;
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
   * The EC2 instance whose volume holds the data. Default: in a looked-up cluster, the one of the registered instances that
   * the deploy command chooses, and keeps; for cdktf alone, any instance of the first subnet's zone.
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
  /** The secret with the URL of a read replica. Default: there is none. */
  readUrlSecretArn?: string | undefined;
  tls: 'verify' | 'off' = 'verify';
}

export const secretArnsOf = ({ urlSecretArn, ownerUrlSecretArn, readUrlSecretArn }: ExistingDatabase): string[] =>
  [urlSecretArn, ownerUrlSecretArn, readUrlSecretArn].filter((arn) => arn !== undefined);

/** Whether it is a managed database of ours. */
export const isManaged = (database: DatabaseSettings): database is NewDatabase | AuroraDatabase =>
  database.from === 'create' || database.from === 'aurora';

export type DatabaseSettings = NewDatabase | AuroraDatabase | ContainerDatabase | ExistingDatabase;
