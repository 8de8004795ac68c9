import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { compared, figure, inTurn, type Figure } from '../support/figures.ts';
import { type Process, startGateway, startPeer } from '../support/processes.ts';
import { startNginxProxy, startUpstream, stopAll } from './proxies.ts';
import type { Bench, Size } from './suite.ts';

const MIB = 2 ** 20;
const BLOCK = Buffer.alloc(MIB / 4);
/** A gateway that holds a body shows it: this much is noise. */
const GROWTH = { atMost: 32 };

/** One large body each way, against nginx; and what it does to the gateway's memory. */
export const bodies: Bench = async (size) => {
  const upstream = await startUpstream();
  const file = join(upstream.folder, 'files/api/v1/large');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  truncateSync(file, size.bodyBytes);
  const sink = await startPeer('body-sink');
  const figures = [
    ...(await oneWay('down', upstream.url, size, download)),
    ...(await oneWay('up', sink.url, size, upload)),
  ];
  await stopAll([sink, upstream]);
  return figures;
};

type Transfer = (url: string, bytes: number) => Promise<number>;

async function oneWay(way: string, upstream: string, size: Size, transfer: Transfer): Promise<Figure[]> {
  const [gateway, nginx] = [await startGateway(upstream), await startNginxProxy(upstream)];
  const rate = async ({ url }: Process) => {
    const begin = performance.now();
    const bytes = await transfer(url, size.bodyBytes);
    if (bytes !== size.bodyBytes) throw new Error(`${bytes} bytes of ${size.bodyBytes} arrived.`);
    return bytes / MIB / ((performance.now() - begin) / 1000);
  };
  await rate(gateway);
  const before = gateway.peakMiB();
  const pairs = await inTurn(size.rounds, { ours: () => rate(gateway), peer: () => rate(nginx) });
  const growth = gateway.peakMiB() - before;
  await stopAll([gateway, nginx]);
  const what = `a body of ${size.bodyBytes / MIB} MiB ${way}`;
  return [
    compared(`${what}, against nginx, one worker`, 'MiB/s', pairs, { atLeast: 0.5 }),
    figure(`largest resident set gained by more of them (${way})`, 'MiB', [growth], GROWTH),
  ];
}

/** @returns bytes that arrived here */
const download: Transfer = (url) =>
  new Promise((resolve, reject) => {
    let bytes = 0;
    request(`${url}/api/v1/large`, (response) => {
      response.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', () => resolve(bytes));
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });

/** @returns bytes that arrived there */
const upload: Transfer = (url, bytes) =>
  new Promise((resolve, reject) => {
    const put = request(`${url}/api/v1/sink`, { method: 'PUT', headers: { 'content-length': bytes } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(Number(text)));
    }).on('error', reject);
    let left = bytes;
    const pour = () => {
      while (left > 0) {
        left -= BLOCK.length;
        if (!put.write(BLOCK)) return void put.once('drain', pour);
      }
      put.end();
    };
    pour();
  });
