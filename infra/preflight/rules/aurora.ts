import type { Environment } from '../../environments/environment.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { check, examine } from './examine.ts';

/** Aurora offers a major version of PostgreSQL later than RDS does, and not in every region at once. */
export const auroraFindings = ({ database, region }: Environment, { auroraVersions }: Facts): Finding[] =>
  database.from !== 'aurora'
    ? []
    : examine('Aurora', auroraVersions, `Set AWS_REGION to a region that has Aurora, or DATABASE=rds.`, (versions) => {
        const wanted = database.engineVersion;
        const offered = versions.filter((version) => version === wanted || version.startsWith(`${wanted}.`));
        return check('Aurora', `PostgreSQL ${offered.join(', ')}`, [
          offered.length > 0,
          `${region} has no Aurora with PostgreSQL ${wanted}, which the API needs`,
          'Choose another AWS_REGION, or set DATABASE=rds.',
        ]);
      });
