import { banner, type StartupInfo } from '../apps/api/src/commands/banner.ts';
import { ServiceProcess, type ServiceMessage } from './start/service-process.ts';

/**
 * `npm start`: the API and the gateway in front of it, in one terminal, until a signal ends them or one of them ends.
 * `PORT`, `METRICS_PORT` and `HOST` are the gateway's; the API's begin with `API_`. Everything else is for both.
 */
const { PORT, METRICS_PORT, HOST, API_PORT, API_METRICS_PORT, API_HOST = '127.0.0.1', ...shared } = process.env;
const hops = Number(shared.TRUSTED_HOPS ?? 0);

let greeting: StartupInfo | undefined;
let gateway: ServiceProcess | undefined;
let gatewayUrl: string | undefined;
let shutdown: Promise<void> | undefined;

const api = new ServiceProcess('api', {
  ...shared,
  PORT: API_PORT,
  METRICS_PORT: API_METRICS_PORT,
  HOST: API_HOST,
  // The gateway is one hop more, and sets these itself.
  TRUSTED_HOPS: String(hops + 1),
  TRUSTED_HEADERS: 'x-request-id,traceparent',
});
api.onMessage = (message: ServiceMessage) => {
  if (message.greeting) greeting = message.greeting as StartupInfo;
  if (message.listening && !shutdown) startGateway(message.listening);
  printBanner();
};
api.onExit = (code) => {
  if (code !== 0 && !gateway) console.log('The API takes its ports from API_PORT and API_METRICS_PORT here.');
  void shutDown(code);
};

function startGateway(inventoryUrl: string): void {
  // A name may resolve to an address without a listener.
  const INVENTORY_API_URL = inventoryUrl.replace('localhost', '127.0.0.1');
  gateway = new ServiceProcess('gateway', { ...shared, PORT, METRICS_PORT, HOST, INVENTORY_API_URL });
  gateway.onMessage = ({ listening }) => {
    gatewayUrl = listening;
    printBanner();
  };
  gateway.onExit = (code) => void shutDown(code);
}

function printBanner(): void {
  if (greeting && gatewayUrl) console.log(banner({ ...greeting, gateway: gatewayUrl }));
}

/** The gateway first: what it has taken on needs the API. */
function shutDown(code: number): Promise<void> {
  shutdown ??= (async () => {
    process.exitCode = code;
    await gateway?.stop();
    await api.stop();
  })();
  return shutdown;
}

// The services have process groups of their own, so that ctrl-C comes here alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shutDown(0));
