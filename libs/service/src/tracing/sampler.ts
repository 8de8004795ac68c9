import { diag } from '@opentelemetry/api';
import { getNumberFromEnv, getStringFromEnv } from '@opentelemetry/core';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';

const roots: Record<string, () => Sampler> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: () => new TraceIdRatioBasedSampler(getNumberFromEnv('OTEL_TRACES_SAMPLER_ARG') ?? 1),
};

/** `OTEL_TRACES_SAMPLER`, by the names of OpenTelemetry's specification. Default: `parentbased_always_on`. */
export function samplerOfEnvironment(): Sampler {
  const name = getStringFromEnv('OTEL_TRACES_SAMPLER') ?? 'parentbased_always_on';
  const root = roots[name.replace(/^parentbased_/, '')];
  if (!root) diag.warn(`OTEL_TRACES_SAMPLER is not known, so its default is used. Known: ${Object.keys(roots).join(', ')}, and parentbased_ before each.`); // prettier-ignore
  const sampler = root?.() ?? new AlwaysOnSampler();
  return root && !name.startsWith('parentbased_') ? sampler : new ParentBasedSampler({ root: sampler });
}
