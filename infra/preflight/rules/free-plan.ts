import type { Environment } from '../../environments/environment.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { check, examine } from './examine.ts';

/** Of EC2, by DescribeInstanceTypes with the filter free-tier-eligible. */
const INSTANCE_TYPES = ['t3.micro', 't3.small', 't4g.micro', 't4g.small', 'c7i-flex.large', 'm7i-flex.large'];
const BACKUP_DAYS = 1;
const UPGRADE = 'Upgrade the account (console: Billing and Cost Management → Free Tier → Upgrade plan)';

/** What the free plan of a new account refuses, each only after some minutes of a deployment. */
export const freePlanFindings = ({ cluster, database }: Environment, { plan }: Facts): Finding[] =>
  examine('Account plan', plan, '', (value) => {
    const types = cluster.from === 'create' ? cluster.instanceTypes.filter((it) => !INSTANCE_TYPES.includes(it)) : [];
    const isFree = value === 'FREE';
    return check(
      'Account plan',
      isFree ? 'free, and it includes what is created' : 'no limits of a free plan',
      [
        !isFree || types.length === 0,
        `the free plan includes no ${types.join(', ')}`,
        `${UPGRADE}, or write cluster.instanceTypes: one of ${INSTANCE_TYPES.join(', ')}.`,
      ],
      [
        !isFree || database.from !== 'aurora',
        'the free plan includes Aurora only in its express configuration, which has no address in a VPC',
        `${UPGRADE}, or set DATABASE=rds.`,
      ],
      [
        !isFree || database.from !== 'create' || database.instanceClass.endsWith('.micro'),
        `the free plan includes no database of class ${database.from === 'create' && database.instanceClass}`,
        `${UPGRADE}, or write database.instanceClass: 'db.t4g.micro'.`,
      ],
      [
        !isFree || database.from !== 'create' || database.backupDays <= BACKUP_DAYS,
        `the free plan keeps backups for ${BACKUP_DAYS} day, and backupDays is ${database.from === 'create' && database.backupDays}`,
        `${UPGRADE}, or write database.backupDays: ${BACKUP_DAYS}.`,
      ],
    );
  });
