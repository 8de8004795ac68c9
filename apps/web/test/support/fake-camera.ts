import { writeFile } from 'node:fs/promises';
import { encodeBarcode } from '../../src/labels/barcode-symbol.ts';

const WIDTH = 640;
const HEIGHT = 480;
const MODULE_PX = 4;
const WHITE = 235;
const BLACK = 16;
const FRAMES = 5;

/** What makes Chromium show this file in place of a camera, without asking for permission. */
export const cameraFlags = (file: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
];

/** Writes a film (YUV4MPEG2) of a barcode that is held still before the camera. */
export async function writeBarcodeFilm(file: string, code: string): Promise<void> {
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  for (const [, at, width] of encodeBarcode(code)!.path.matchAll(/M(\d+) 0h(\d+)/g))
    for (let y = HEIGHT / 4; y < (HEIGHT * 3) / 4; y++) {
      const begin = y * WIDTH + Number(at) * MODULE_PX;
      luma.fill(BLACK, begin, begin + Number(width) * MODULE_PX);
    }
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F5:1 Ip A1:1 C420jpeg\n`);
  await writeFile(file, Buffer.concat([header, ...Array.from({ length: FRAMES }, () => frame)]));
}
