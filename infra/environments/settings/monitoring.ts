/** Logs and alarms. */
export class Monitoring {
  logDays = 30;
  /** Told by SNS when an alarm goes off. Default: nobody; the topic is there to be subscribed to. */
  alarmEmail?: string;
  /** Answers with 5xx, in percent of all, over 5 minutes. */
  errorPercent = 1;
  /** The slowest 1 % of the answers, over 5 minutes. */
  p99Seconds = 1;
  databaseCpuPercent = 80;
  databaseFreeStorageGiB = 4;
}
