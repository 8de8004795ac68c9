import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { shutdown } from '#runtime';

/** A whole number in its range, both ends included. */
export const IntegerVariable =
  (min: number, max: number): PropertyDecorator =>
  (target, name) => {
    const message = `${String(name)} must be a whole number from ${min} to ${max}`;
    for (const decorate of [Type(() => Number), IsInt({ message }), Min(min, { message }), Max(max, { message })])
      decorate(target, name);
  };

/** A comma-separated list out of these names of header fields. */
export const HeaderListVariable =
  (names: readonly string[]): PropertyDecorator =>
  (target, property) => {
    const name = `(?:${names.join('|')})`;
    const message = `${String(property)} must be a comma-separated list out of ${names.join(', ')}`;
    Matches(new RegExp(`^(?:${name}(?:,${name})*)?$`), { message })(target, property);
  };

/** The names in such a list. */
export const headerList = <Name extends string>(text: string): ReadonlySet<Name> =>
  new Set(text.split(',').filter((name) => name !== '') as Name[]);

/** What every service takes from its environment. */
export class ServiceEnvironment {
  @IsIn(['development', 'test', 'production'], { message: 'NODE_ENV must be development, test or production' })
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @IsString()
  HOST = '0.0.0.0';

  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    message: 'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent',
  })
  LOG_LEVEL = 'info';

  /** Where traces are sent, by OTLP over HTTP. OpenTelemetry reads its other variables itself. Default: nothing is traced. */
  @IsOptional()
  @IsUrl(
    { protocols: ['http', 'https'], require_tld: false, require_protocol: true },
    { message: 'OTEL_EXPORTER_OTLP_ENDPOINT must be an http:// or https:// URL, such as http://127.0.0.1:4318' },
  )
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  /** How many proxies in front are ours. */
  @IntegerVariable(0, 10)
  TRUSTED_HOPS = 0;

  /** How long to go on serving after SIGTERM, until the load balancer sends no more requests. Default: 5 s in production, else 0. */
  @IsOptional()
  @IntegerVariable(0, shutdown.drainBudgetSeconds - 5)
  SHUTDOWN_DELAY_SECONDS?: number;

  /** The commit that was built, for `/version`. */
  @IsString()
  GIT_SHA = 'unknown';

  get production(): boolean {
    return this.NODE_ENV === 'production';
  }

  /** Whether traces are sent. */
  get traced(): boolean {
    return this.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  }

  get shutdownDelaySeconds(): number {
    return this.SHUTDOWN_DELAY_SECONDS ?? (this.production ? shutdown.delaySeconds : 0);
  }
}
