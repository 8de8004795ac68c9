/** Logs and alarms. */
export class Monitoring {
  logDays = 30;
  /** Receives the alarms by e-mail. Default: no address is subscribed to the SNS topic. */
  alarmEmail?: string;
  /** Responses with 5xx in percent of all, over 5 minutes. */
  errorPercent = 1;
  /** Responses 502, 503 and 504 that the load balancer makes itself, per minute. */
  loadBalancerErrors = 5;
  /** The 99th percentile of the response time, over 5 minutes. */
  p99Seconds = 1;
  databaseCpuPercent = 80;
  databaseFreeStorageGiB = 4;
  databaseFreeMemoryMiB = 100;
  /** Of Aurora's maximum capacity. */
  databaseCapacityPercent = 90;
  /** A db.t4g.micro accepts about 80 beside those that RDS keeps for itself. */
  databaseConnections = 70;
}
