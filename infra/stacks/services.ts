import { Annotations, type App, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { dashboard } from '../blocks/observation/dashboard.ts';
import { serviceAlarms } from '../blocks/observation/service-alarms.ts';
import { imageOf } from '../blocks/registry/image.ts';
import { appContainer } from '../blocks/service/app-container.ts';
import { autoscaling } from '../blocks/service/autoscaling.ts';
import { ecsService } from '../blocks/service/ecs-service.ts';
import { taskDefinition } from '../blocks/service/task-definition.ts';
import { apiWiring, gatewayWiring } from '../blocks/service/wiring.ts';
import { type Environment, networkMode, type ServiceName, serviceNames } from '../environments/environment.ts';
import { logGroupName } from '../environments/names.ts';
import type { Platform } from './platform.ts';
import { outputs, stack } from './stack.ts';

/**
 * The two services. A stack of its own, since it changes with every deployment, and since it is destroyed whole before
 * the platform: listeners, capacity and the instances' rights outlive the tasks that drain.
 */
export function servicesStack(app: App, environment: Environment, platform: Platform): TerraformStack {
  const made = stack(app, environment, 'services');
  made.addDependency(platform.stack);
  const [apiTask, gatewayTask] = serviceNames.map((name) =>
    service(new Construct(made, name), environment, name, platform),
  ) as [string, string];
  dashboard(new Construct(made, 'observation'), environment, platform.loadBalancer, platform.cluster.name);
  if (platform.loadBalancer.url.startsWith('http:'))
    Annotations.of(made).addWarning('Without a certificate, passwords travel in the clear: set CERTIFICATE_ARN.');
  outputs(made, {
    url: platform.loadBalancer.url,
    cluster: platform.cluster.name,
    api_service: `${environment.prefix}-api`,
    gateway_service: `${environment.prefix}-gateway`,
    api_task: apiTask,
    gateway_task: gatewayTask,
    api_logs: logGroupName(environment, 'api'),
    gateway_logs: logGroupName(environment, 'gateway'),
    look: `npm run status -- ${environment.name}; npm run logs -- ${environment.name}`,
  });
  return made;
}

/** @returns the ARN of its task definition */
function service(scope: Construct, environment: Environment, name: ServiceName, platform: Platform): string {
  const { network, firewall, cluster, loadBalancer, database, secrets, roles, alarmTopicArn } = platform;
  const settings = environment.services[name];
  const front = loadBalancer.fronts[name];
  const wiring =
    name === 'api' ? apiWiring(environment, database, secrets) : gatewayWiring(platform.loadBalancer.apiUrl);
  const container = appContainer(environment, name, { image: imageOf(scope, environment, name), ...wiring });
  const task = taskDefinition(scope, environment, networkMode(environment), container, roles[name]);
  const made = ecsService(scope, environment, name, task, {
    cluster,
    front,
    subnetIds: network.privateSubnetIds,
    securityGroupId: firewall.tasks?.[name],
  });
  autoscaling(scope, name, settings, cluster.name, made, front);
  serviceAlarms(scope, environment, name, front, alarmTopicArn);
  return task.arn;
}
