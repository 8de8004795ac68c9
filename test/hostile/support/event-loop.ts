import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into a service's process by `--import`: reports what its main thread did since it was last asked. The longest pause
 * of the event loop grows on a busy machine as well; the thread's CPU time does not, so both together show a fault.
 */
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let before = process.threadCpuUsage();
process.on('message', (message) => {
  if (message !== 'measure') return;
  const used = process.threadCpuUsage(before);
  process.send?.({
    measured: {
      longestPauseMs: Math.round(delay.max / 1e6),
      workMs: Math.round((used.user + used.system) / 1e3),
      memoryMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
    },
  });
  delay.reset();
  before = process.threadCpuUsage();
});
