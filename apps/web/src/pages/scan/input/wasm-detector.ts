import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { Detector } from './detector.ts';

/** A picture is made no wider than this, in pixels: enough for a code that fills a third of it, and quick on a phone. */
const MAX_WIDTH = 1280;
const MAX_CODES = 4;

/** Reads codes with ZXing, from a file of our own origin. */
export async function createWasmDetector(): Promise<Detector> {
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return {
    detect: async (video) => {
      if (video.videoWidth === 0) return [];
      const scale = Math.min(1, MAX_WIDTH / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const picture = context.getImageData(0, 0, canvas.width, canvas.height);
      const results = await readBarcodes(picture, { maxNumberOfSymbols: MAX_CODES });
      return results.filter(({ isValid }) => isValid).map(({ text }) => ({ rawValue: text }));
    },
  };
}
