import type { Environment } from '../../environments/environment.ts';
import { mistakes } from '../mistakes.ts';

/** What CloudWatch Logs takes. */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const observationMistakes = ({ observation, database }: Environment): string[] =>
  mistakes(
    [
      !LOG_DAYS.includes(observation.logDays),
      `observation.logDays is ${observation.logDays}; CloudWatch takes ${LOG_DAYS.join(', ')}.`,
    ],
    [
      observation.alarmEmail !== undefined && !/^[^@\s]+@[^@\s]+$/.test(observation.alarmEmail),
      `observation.alarmEmail ${observation.alarmEmail} is no address; set ALARM_EMAIL to one, or leave it out.`,
    ],
    [
      database.from === 'create' && observation.databaseFreeStorageGiB >= database.storageGiB,
      `observation.databaseFreeStorageGiB is not below database.storageGiB, so its alarm would always be on; write less than ${database.from === 'create' && database.storageGiB}.`,
    ],
  );
