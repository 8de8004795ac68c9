import type { Environment } from '../../environments/environment.ts';
import { violations } from '../violations.ts';

/** What CloudWatch Logs takes. */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const monitoringViolations = ({ monitoring, database, network, otlpEndpoint }: Environment): string[] =>
  violations(
    [
      network.from === 'create' && network.flowLogDays !== 0 && !LOG_DAYS.includes(network.flowLogDays),
      `network.flowLogDays is ${network.from === 'create' && network.flowLogDays}; write 0, or what CloudWatch takes: ${LOG_DAYS.join(', ')}.`,
    ],
    [
      !LOG_DAYS.includes(monitoring.logDays),
      `monitoring.logDays is ${monitoring.logDays}; CloudWatch takes ${LOG_DAYS.join(', ')}.`,
    ],
    [
      monitoring.alarmEmail !== undefined && !/^[^@\s]+@[^@\s]+$/.test(monitoring.alarmEmail),
      `monitoring.alarmEmail ${monitoring.alarmEmail} is no address; set ALARM_EMAIL to one, or leave it out.`,
    ],
    [
      otlpEndpoint !== undefined && !/^https?:\/\/[^/\s]+/.test(otlpEndpoint),
      `otlpEndpoint ${otlpEndpoint} is no URL; set OTEL_EXPORTER_OTLP_ENDPOINT to one, such as http://collector.internal:4318, or leave it out.`,
    ],
    [
      database.from === 'create' && monitoring.databaseFreeStorageGiB >= database.storageGiB,
      `monitoring.databaseFreeStorageGiB is not below database.storageGiB, so its alarm would always be on; write less than ${database.from === 'create' && database.storageGiB}.`,
    ],
  );
