import type { Metrics } from '#service';
import type { Database } from './database.ts';

/** How busy the connections to the database are: `waiting` above 0 for long means that the pool is too small, or the database too slow. */
export function measurePools(metrics: Metrics, { pool, transactions }: Database): void {
  const gauge = (name: string, help: string, count: 'totalCount' | 'idleCount' | 'waitingCount') =>
    metrics.gauge(name, help, () => pool[count] + transactions[count]);
  gauge('database_pool_connections', 'Connections to the database, busy or idle.', 'totalCount');
  gauge('database_pool_idle', 'Connections to the database that are not in use.', 'idleCount');
  gauge('database_pool_waiting', 'Requests that wait for a connection.', 'waitingCount');
}
