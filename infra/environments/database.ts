import { InvalidEnvironmentError } from '../validation/invalid-environment.ts';
import { AuroraDatabase, NewDatabase } from './settings/database.ts';
import { settings } from './settings/settings.ts';
import type { Variables } from './variables.ts';

/**
 * RDS, or with `DATABASE=aurora` Aurora, for people who rely on it.
 * @throws InvalidEnvironmentError where `DATABASE` is another word
 */
export function databaseForProduction({ DATABASE = 'rds', DATABASE_PASSWORD_VERSION = '1' }: Variables) {
  const both = { backupDays: 14, performanceInsights: true, passwordVersion: Number(DATABASE_PASSWORD_VERSION) };
  if (DATABASE === 'rds') return settings(NewDatabase, { ...both, instanceClass: 'db.t4g.medium', multiAz: true });
  if (DATABASE === 'aurora') return settings(AuroraDatabase, both);
  throw new InvalidEnvironmentError('production', [`DATABASE is ${DATABASE}; set it to rds or aurora.`]);
}
