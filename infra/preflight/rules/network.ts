import type { Environment } from '../../environments/environment.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { check, examine } from './examine.ts';

/** A looked-up VPC and its subnets. */
export const networkFindings = (environment: Environment, { vpc }: Facts): Finding[] =>
  examine(
    'VPC',
    vpc,
    `Set VPC_ID in .env.${environment.name} to the id of a VPC, or VPC_NAME to a name that exactly one has.`,
    (found) => {
      const zones = new Set(found.subnets.map(({ zone }) => zone));
      const usesCloudMap = environment.database.from === 'container';
      return [
        ...check(
          'VPC',
          `${found.id}, ${found.cidr}`,
          [
            !usesCloudMap || found.dnsSupport,
            'DNS resolution is off, and Cloud Map needs it',
            `aws ec2 modify-vpc-attribute --vpc-id ${found.id} --enable-dns-support; console: VPC → Your VPCs → Actions → Edit VPC settings → Enable DNS resolution.`,
          ],
          [
            !usesCloudMap || found.dnsHostnames,
            'DNS host names are off, and the database’s Cloud Map name needs them',
            `aws ec2 modify-vpc-attribute --vpc-id ${found.id} --enable-dns-hostnames; console: VPC → Your VPCs → Actions → Edit VPC settings → Enable DNS hostnames.`,
          ],
        ),
        ...check('Subnets', `${found.subnets.length} in ${[...zones].sort().join(', ')}`, [
          found.subnets.length > 0,
          'no subnet of the VPC matches',
          `Set SUBNET_IDS or SUBNET_NAMES in .env.${environment.name} to subnets of ${found.id}.`,
        ]),
      ];
    },
  );
