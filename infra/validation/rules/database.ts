import type { Environment } from '../../environments/environment.ts';
import { isManaged } from '../../environments/settings/database.ts';
import { violations } from '../violations.ts';

/** What creating a database, or looking one up, takes. */
export const databaseViolations = ({ database, cluster }: Environment): string[] => [
  ...violations(
    [
      database.from === 'existing' && !database.urlSecretArn?.startsWith('arn:'),
      'database: an existing one is known by the secret that holds its URL; set DATABASE_URL_SECRET_ARN to its ARN.',
    ],
    [
      database.from === 'container' && cluster.from === 'create' && cluster.spotPercent > 0,
      'database: a container keeps its data on one instance, and a Spot instance is taken away; write spotPercent: 0, or settings(NewDatabase).',
    ],
    [
      database.from === 'container' && cluster.from === 'create' && cluster.maxInstanceDays > 0,
      'database: a container keeps its data on one instance, which is replaced after maxInstanceDays; write maxInstanceDays: 0, or settings(NewDatabase).',
    ],
    [
      database.from === 'create' && database.maxStorageGiB <= database.storageGiB,
      `database: write a maxStorageGiB above storageGiB, or it cannot grow.`,
    ],
    [
      isManaged(database) && !(Number.isInteger(database.passwordVersion) && database.passwordVersion >= 1),
      `database.passwordVersion is ${isManaged(database) && database.passwordVersion}; set DATABASE_PASSWORD_VERSION to 1, or to one more than before.`,
    ],
  ),
  ...auroraViolations(database),
];

function auroraViolations(database: Environment['database']): string[] {
  if (database.from !== 'aurora') return [];
  const { minCapacity, maxCapacity, readers, backupDays } = database;
  const isCapacity = (units: number, least: number) => units >= least && units <= 256 && Number.isInteger(units * 2);
  return violations(
    [
      !isCapacity(minCapacity, 0) || !isCapacity(maxCapacity, 1) || minCapacity > maxCapacity,
      `database: minCapacity ${minCapacity} and maxCapacity ${maxCapacity} must rise, in halves, from 0 and from 1 to 256.`,
    ],
    [!Number.isInteger(readers) || readers < 0 || readers > 15, `database.readers is ${readers}; write 0 to 15.`],
    [backupDays < 1 || backupDays > 35, `database.backupDays is ${backupDays}; Aurora keeps backups for 1 to 35 days.`],
  );
}
