import type { Environment } from '../../environments/environment.ts';
import { isManaged } from '../../environments/settings/database.ts';
import { usesTls } from '../../environments/settings/load-balancer.ts';
import { violations } from '../violations.ts';

/** What people rely on. */
export function productionViolations({
  production,
  adminEmail,
  database,
  loadBalancer,
  registry,
  services,
}: Environment): string[] {
  const always = violations([
    !/^[^@\s]+@[^@\s]+$/.test(adminEmail ?? ''),
    'adminEmail: without it no first admin can sign in; set ADMIN_EMAIL to the first admin’s address.',
  ]);
  if (!production) return always;
  return [
    ...always,
    ...violations(
      [
        loadBalancer.from === 'create' && !usesTls(loadBalancer) && !loadBalancer.plainHttpAccepted,
        'loadBalancer: production without HTTPS sends passwords unencrypted; set DOMAIN_NAME, and CERTIFICATE_ARN where there is a certificate already, or PLAIN_HTTP_ACCEPTED=true to accept that.',
      ],
      [
        database.from === 'container',
        'database: a container’s data lives and dies with one instance; in production write settings(NewDatabase), or settings(ExistingDatabase, { urlSecretArn }).',
      ],
      [isManaged(database) && database.backupDays === 0, 'database.backupDays is 0; in production write at least 1.'],
      [
        isManaged(database) && !database.deletionProtection,
        'database.deletionProtection is off; in production leave it on.',
      ],
      [
        loadBalancer.from === 'create' && !loadBalancer.deletionProtection,
        'loadBalancer.deletionProtection is off; in production leave it on.',
      ],
      [
        registry.from === 'create' && registry.forceDelete,
        'registry.forceDelete throws the images away with the environment; in production leave it off.',
      ],
      [
        services.api.minCount < 2 || services.gateway.minCount < 2,
        'services: with fewer than 2 tasks a failure is an outage; in production write minCount: 2 or more.',
      ],
    ),
  ];
}
