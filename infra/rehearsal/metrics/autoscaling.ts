import { type ScalableTarget, type ScalingPolicy } from '@aws-sdk/client-application-auto-scaling';
import type { Clients } from '../account/clients.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Service } from '../scheduler/model.ts';
import { nextDesired } from './target-tracking.ts';

/** What a service's tasks did in the last minute, on average. */
export interface ServiceMetrics {
  /** Of what the tasks reserve, in percent. */
  cpu: number;
  requestsPerTarget: number;
}

interface Activity {
  out: number;
  in: number;
}

const HISTORY = 20;
const METRICS: Record<string, keyof ServiceMetrics> = {
  ECSServiceAverageCPUUtilization: 'cpu',
  ALBRequestCountPerTarget: 'requestsPerTarget',
};

/** Application Auto Scaling: evaluates the account's policies once a minute, however long a minute is here. */
export class Autoscaling {
  /** Simulated minutes since the start. */
  minutes = 0;
  private readonly history = new Map<Service, ServiceMetrics[]>();
  private readonly activity = new Map<Service, Activity>();
  private readonly clients: Clients;
  private readonly scheduler: Scheduler;

  constructor(clients: Clients, scheduler: Scheduler) {
    this.clients = clients;
    this.scheduler = scheduler;
  }

  /** The next minute. @param metricsOf what the minute showed; undefined: no task ran */
  async minute(metricsOf: (service: Service) => ServiceMetrics | undefined): Promise<void> {
    this.minutes += 1;
    const { serviceScaling } = this.clients;
    const { ScalableTargets = [] } = await serviceScaling.describeScalableTargets({ ServiceNamespace: 'ecs' });
    const { ScalingPolicies = [] } = await serviceScaling.describeScalingPolicies({ ServiceNamespace: 'ecs' });
    for (const target of ScalableTargets) {
      const [, cluster = '', name = ''] = target.ResourceId!.split('/');
      const service = this.scheduler.serviceNamed(cluster, name);
      const metrics = service?.status === 'ACTIVE' ? metricsOf(service) : undefined;
      if (!service || !metrics) continue;
      const values = [...(this.history.get(service) ?? []), metrics].slice(-HISTORY);
      this.history.set(service, values);
      const policies = ScalingPolicies.filter(({ ResourceId }) => ResourceId === target.ResourceId);
      this.scale(service, target, policies, values);
    }
  }

  private scale(
    service: Service,
    { MinCapacity = 0, MaxCapacity = 0 }: ScalableTarget,
    policies: ScalingPolicy[],
    values: ServiceMetrics[],
  ): void {
    const last = this.activity.get(service) ?? { out: -Infinity, in: -Infinity };
    const [first] = policies.map((policy) => policy.TargetTrackingScalingPolicyConfiguration!);
    if (!first) return;
    const desired = nextDesired(
      policies.map(({ TargetTrackingScalingPolicyConfiguration: policy }) => ({
        target: policy!.TargetValue!,
        values: values.map((it) => it[metricOf(policy!.PredefinedMetricSpecification!.PredefinedMetricType!)]),
      })),
      {
        desired: service.desiredCount,
        min: MinCapacity,
        max: MaxCapacity,
        minutesSince: { out: this.minutes - last.out, in: this.minutes - last.in },
        cooldownMinutes: { out: (first.ScaleOutCooldown ?? 0) / 60, in: (first.ScaleInCooldown ?? 0) / 60 },
      },
    );
    if (desired === service.desiredCount) return;
    const direction = desired > service.desiredCount ? 'out' : 'in';
    // Amazon ECS developer guide, "Service auto scaling": scaling in waits for the end of a deployment.
    if (direction === 'in' && service.deployments[0]!.rolloutState === 'IN_PROGRESS') return;
    this.activity.set(service, { ...last, [direction]: this.minutes });
    // Its alarms start anew.
    this.history.set(service, []);
    service.desiredCount = desired;
  }
}

function metricOf(type: string): keyof ServiceMetrics {
  const metric = METRICS[type];
  if (!metric) throw new Error(`The rehearsal knows no metric "${type}".`);
  return metric;
}
