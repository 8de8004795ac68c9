import type pg from 'pg';
import type { Metrics } from '#service';

/** How busy the connections to the database are: `waiting` above 0 for long means that the pool is too small, or the database too slow. */
export function measurePool(metrics: Metrics, pool: pg.Pool): void {
  metrics.gauge('database_pool_connections', 'Connections to the database, busy or idle.', () => pool.totalCount);
  metrics.gauge('database_pool_idle', 'Idle connections in the pool.', () => pool.idleCount);
  metrics.gauge('database_pool_waiting', 'Requests that wait for a connection.', () => pool.waitingCount);
}
