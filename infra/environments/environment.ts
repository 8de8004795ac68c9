import type { ClusterSettings } from './settings/cluster.ts';
import type { DatabaseSettings } from './settings/database.ts';
import type { LoadBalancerSettings, TargetType } from './settings/load-balancer.ts';
import type { NetworkSettings } from './settings/network.ts';
import type { MailSettings } from './settings/mail.ts';
import { Monitoring } from './settings/monitoring.ts';
import type { Pipeline } from './settings/pipeline.ts';
import type { RegistrySettings } from './settings/registry.ts';
import type { RolesSettings } from './settings/roles.ts';
import { ServiceSettings } from './settings/service.ts';

export type ServiceName = 'api' | 'gateway';
export const serviceNames: ServiceName[] = ['api', 'gateway'];
/** `parameter-store`: encrypted parameters of Systems Manager, where an account's roles may not use Secrets Manager. */
export type SecretStore = 'secrets-manager' | 'parameter-store';
export type NetworkMode = 'bridge' | 'awsvpc';

/** One place to deploy to. Each block is created, or looked up, as its settings say. */
export interface Environment {
  /** Its name in `ENVIRONMENT`. */
  name: string;
  region: string;
  /** Holds what people need: no container database, HTTPS, backups, protection from deletion. */
  production: boolean;
  /** What names begin with. Default: `stockroom-<name>`. */
  prefix: string;
  /** The first admin, who signs in with the password in the secret. */
  adminEmail?: string;
  /** ISO 4217. Default: USD. */
  currency: string;
  /** Where Stockroom keeps the secrets that it generates. Default: AWS Secrets Manager. */
  secretStore: SecretStore;
  /** Default: follows the target groups' type. */
  networkMode?: NetworkMode;
  /** Bucket for Terraform's state. Default: a file here. */
  stateBucket?: string;
  /** Whether `cdktf deploy` itself waits until the services are steady. Default: it does. */
  waitForSteadyState: boolean;
  network: NetworkSettings;
  registry: RegistrySettings;
  cluster: ClusterSettings;
  loadBalancer: LoadBalancerSettings;
  database: DatabaseSettings;
  roles: RolesSettings;
  services: Record<ServiceName, ServiceSettings>;
  monitoring: Monitoring;
  /** Default: no mail is sent. */
  mail?: MailSettings | undefined;
  /** Where both services send traces, by OTLP over HTTP. Default: nothing is traced. */
  otlpEndpoint?: string | undefined;
  /** Default: people deploy, from their own machines. */
  pipeline?: Pipeline;
}

type Blocks = 'network' | 'registry' | 'cluster' | 'loadBalancer' | 'database' | 'roles';

/** An environment: its name, its region, its blocks, and the defaults of everything else. */
export const defineEnvironment = (
  given: Partial<Environment> & Pick<Environment, 'name' | 'region' | Blocks>,
): Environment => ({
  production: false,
  prefix: `stockroom-${given.name}`,
  currency: 'USD',
  secretStore: 'secrets-manager',
  waitForSteadyState: true,
  services: { api: new ServiceSettings(), gateway: new ServiceSettings() },
  monitoring: new Monitoring(),
  ...given,
});

/** `instance` targets are the instances' dynamic host ports; `ip` targets are tasks with an address of their own. */
export const networkModeOf = (targetType: TargetType): NetworkMode => (targetType === 'ip' ? 'awsvpc' : 'bridge');

export const networkMode = ({ networkMode, loadBalancer }: Environment): NetworkMode =>
  networkMode ?? networkModeOf(loadBalancer.targetType);
