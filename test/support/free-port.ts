export { freePort } from '../../apps/api/src/database/embedded/free-port.ts';
