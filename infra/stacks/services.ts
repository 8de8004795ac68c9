import type { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { Annotations, type App, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { createDashboard } from '../blocks/monitoring/dashboard.ts';
import { createPlacementEvents } from '../blocks/monitoring/placement-events.ts';
import { createServiceAlarms } from '../blocks/monitoring/service-alarms.ts';
import { imageReference } from '../blocks/registry/image.ts';
import { appContainer } from '../blocks/service/app-container.ts';
import { createAutoscaling } from '../blocks/service/autoscaling.ts';
import { createEcsService } from '../blocks/service/ecs-service.ts';
import { createTaskDefinition } from '../blocks/service/task-definition.ts';
import { apiConfiguration, gatewayConfiguration } from '../blocks/service/service-configuration.ts';
import { type Environment, networkMode, type ServiceName, serviceNames } from '../environments/environment.ts';
import { logGroupName } from '../environments/names.ts';
import type { Platform } from './platform.ts';
import { addOutputs, createStack } from './stack.ts';

/**
 * The two services. A stack of its own, since it changes with every deployment, and since it is destroyed whole before
 * the platform: listeners, capacity and the instances' rights outlive the tasks that drain.
 */
export function createServicesStack(app: App, environment: Environment, platform: Platform): TerraformStack {
  const stack = createStack(app, environment, 'services');
  stack.addDependency(platform.stack);
  const [api, gateway] = serviceNames.map((name) =>
    createService(new Construct(stack, name), environment, name, platform),
  ) as [DeployedService, DeployedService];
  const monitoring = new Construct(stack, 'monitoring');
  createPlacementEvents(monitoring, environment, [api.service, gateway.service], platform.alarmTopicArn);
  createDashboard(monitoring, environment, platform.loadBalancer, platform.cluster.name);
  if (platform.loadBalancer.url.startsWith('http:'))
    Annotations.of(stack).addWarning(
      'Without a certificate, passwords are sent unencrypted: set CERTIFICATE_ARN and DOMAIN_NAME.',
    );
  addOutputs(stack, {
    url: platform.loadBalancer.url,
    cluster: platform.cluster.name,
    api_service: `${environment.prefix}-api`,
    gateway_service: `${environment.prefix}-gateway`,
    api_task: api.taskDefinitionArn,
    gateway_task: gateway.taskDefinitionArn,
    api_logs: logGroupName(environment, 'api'),
    gateway_logs: logGroupName(environment, 'gateway'),
    look: `npm run status -- ${environment.name}; npm run logs -- ${environment.name}`,
  });
  return stack;
}

interface DeployedService {
  service: EcsService;
  taskDefinitionArn: string;
}

function createService(
  scope: Construct,
  environment: Environment,
  name: ServiceName,
  platform: Platform,
): DeployedService {
  const { network, securityGroups, cluster, loadBalancer, database, secrets, roles, alarmTopicArn } = platform;
  const settings = environment.services[name];
  const targetGroup = loadBalancer.targetGroups[name];
  const wiring =
    name === 'api'
      ? apiConfiguration(environment, database, secrets, loadBalancer.url)
      : gatewayConfiguration(loadBalancer.apiUrl);
  const container = appContainer(environment, name, { image: imageReference(scope, environment, name), ...wiring });
  const task = createTaskDefinition(scope, environment, networkMode(environment), container, roles[name]);
  const deploymentAlarms = createServiceAlarms(scope, environment, name, targetGroup, alarmTopicArn);
  const service = createEcsService(scope, environment, name, task, {
    cluster,
    targetGroup,
    deploymentAlarms,
    subnetIds: network.privateSubnetIds,
    securityGroupId: securityGroups.tasks?.[name],
  });
  createAutoscaling(scope, name, settings, cluster.name, service, targetGroup);
  return { service, taskDefinitionArn: task.arn };
}
