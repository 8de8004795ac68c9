import { type Environment, defineEnvironment } from './environment.ts';
import { NewCluster } from './settings/cluster.ts';
import { NewDatabase } from './settings/database.ts';
import { NewLoadBalancer } from './settings/load-balancer.ts';
import { NewNetwork } from './settings/network.ts';
import { pipelineSettings } from './settings/pipeline.ts';
import { NewRegistry } from './settings/registry.ts';
import { NewRoles } from './settings/roles.ts';
import { mailSettings } from './settings/mail.ts';
import { ServiceSettings } from './settings/service.ts';
import { settings } from './settings/settings.ts';
import { dnsSettings } from './dns.ts';
import type { Variables } from './variables.ts';

/** A fresh account, the smallest of everything, destroyable in one go. */
export const sandbox = (variables: Variables): Environment =>
  defineEnvironment({
    name: 'sandbox',
    region: variables.AWS_REGION ?? 'us-east-1',
    adminEmail: variables.ADMIN_EMAIL ?? 'admin@stockroom.example',
    stateBucket: variables.STATE_BUCKET,
    waitForSteadyState: variables.WAIT_FOR_STEADY_STATE !== 'false',
    network: settings(NewNetwork, { nat: 'none' }),
    registry: settings(NewRegistry, { forceDelete: true }),
    cluster: settings(NewCluster, { instanceTypes: ['t3.micro'], minInstances: 1 }),
    loadBalancer: settings(NewLoadBalancer, {
      targetType: 'instance',
      certificateArn: variables.CERTIFICATE_ARN,
      domainName: variables.DOMAIN_NAME,
      ...dnsSettings(variables),
      deletionProtection: false,
      accessLogDays: 0,
    }),
    database: settings(NewDatabase, { backupDays: 1, deletionProtection: false, finalSnapshot: false }),
    roles: settings(NewRoles),
    pipeline: pipelineSettings(variables),
    mail: mailSettings(variables),
    otlpEndpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT,
    services: {
      api: settings(ServiceSettings, {
        cpu: 256,
        memoryReservationMiB: 192,
        memoryMiB: 384,
        desiredCount: 1,
        minCount: 1,
        maxCount: 2,
        image: variables.API_IMAGE,
        environment: { MIGRATE_ON_START: 'true' },
      }),
      gateway: settings(ServiceSettings, {
        cpu: 128,
        memoryReservationMiB: 128,
        memoryMiB: 256,
        desiredCount: 1,
        minCount: 1,
        maxCount: 2,
        image: variables.GATEWAY_IMAGE,
      }),
    },
  });
