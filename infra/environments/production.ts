import { type Environment, defineEnvironment } from './environment.ts';
import { NewCluster } from './settings/cluster.ts';
import { NewLoadBalancer } from './settings/load-balancer.ts';
import { NewNetwork } from './settings/network.ts';
import { Monitoring } from './settings/monitoring.ts';
import { pipelineSettings } from './settings/pipeline.ts';
import { NewRegistry } from './settings/registry.ts';
import { NewRoles } from './settings/roles.ts';
import { mailSettings } from './settings/mail.ts';
import { ServiceSettings } from './settings/service.ts';
import { settings } from './settings/settings.ts';
import { databaseForProduction } from './database.ts';
import { dnsSettings } from './dns.ts';
import type { Variables } from './variables.ts';

/** A fresh account for people who rely on it: two of everything, HTTPS, backups, nothing that is deleted by accident. */
export const production = (variables: Variables): Environment =>
  defineEnvironment({
    name: 'production',
    region: variables.AWS_REGION ?? 'us-east-1',
    production: true,
    adminEmail: variables.ADMIN_EMAIL,
    stateBucket: variables.STATE_BUCKET,
    waitForSteadyState: variables.WAIT_FOR_STEADY_STATE !== 'false',
    network: settings(NewNetwork, { nat: 'per-zone', flowLogDays: 30 }),
    registry: settings(NewRegistry),
    cluster: settings(NewCluster, {
      instanceTypes: ['m7g.large', 'm6g.large'],
      eniTrunking: true,
      containerInsights: true,
    }),
    loadBalancer: settings(NewLoadBalancer, {
      certificateArn: variables.CERTIFICATE_ARN,
      domainName: variables.DOMAIN_NAME,
      ...dnsSettings(variables),
      waf: variables.WAF === 'true',
      plainHttpAccepted: variables.PLAIN_HTTP_ACCEPTED === 'true',
    }),
    database: databaseForProduction(variables),
    roles: settings(NewRoles),
    pipeline: pipelineSettings(variables),
    mail: mailSettings(variables),
    otlpEndpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT,
    services: {
      api: settings(ServiceSettings, {
        cpu: 512,
        memoryReservationMiB: 512,
        memoryMiB: 1024,
        image: variables.API_IMAGE,
      }),
      gateway: settings(ServiceSettings, { image: variables.GATEWAY_IMAGE }),
    },
    monitoring: settings(Monitoring, { alarmEmail: variables.ALARM_EMAIL }),
  });
