import { Rollouts, type RolloutState } from './rollouts.ts';

/** Of a service, what moto 5.2.1 takes and never gives back; a plan would change it, or replace the service for it. */
const FORGOTTEN = [
  'availabilityZoneRebalancing',
  'capacityProviderStrategy',
  'deploymentConfiguration',
  'enableECSManagedTags',
  'healthCheckGracePeriodSeconds',
  'placementStrategy',
  'placementConstraints',
] as const;

type Properties = Partial<Record<(typeof FORGOTTEN)[number], unknown>> & { capacityProviderStrategy?: unknown[] };

/** Remembers services as they were asked for. */
export class Services {
  private readonly asked = new Map<string, Properties>();
  private readonly rollouts = new Rollouts();

  /**
   * @param request a CreateService or UpdateService
   * @param state how a deployment ends that it begins
   */
  remember(request: string, state: RolloutState): void {
    const { serviceName, service, ...given } = JSON.parse(request);
    const name = String(serviceName ?? service)
      .split('/')
      .at(-1)!;
    const kept = FORGOTTEN.filter((property) => given[property] !== undefined);
    const properties = Object.fromEntries(kept.map((property) => [property, given[property]]));
    this.asked.set(name, { ...this.asked.get(name), ...properties });
    this.rollouts.begin(name, given, state);
  }

  /** Gives an response's service what was asked for. */
  complete(service: any): void {
    const asked = this.asked.get(service.serviceName);
    Object.assign(service, asked);
    this.rollouts.complete(service);
    // AWS names one or the other.
    if (asked?.capacityProviderStrategy?.length) delete service.launchType;
  }
}
