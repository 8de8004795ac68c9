import type { Detector } from './detector.ts';

interface NativeDetector {
  new (): Detector;
  getSupportedFormats: () => Promise<string[]>;
}

const Native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector;

export type MissingCapability = 'secure' | 'camera';

/** What is missing for reading codes with the camera. */
export function missingCapability(): MissingCapability | undefined {
  if (!isSecureContext) return 'secure';
  return 'mediaDevices' in navigator ? undefined : 'camera';
}

/** The browser's own detector where it has one that reads something; else one in WebAssembly, loaded when it is needed. */
export async function createDetector(): Promise<Detector> {
  if (Native && (await Native.getSupportedFormats()).length > 0) return new Native();
  const { createWasmDetector } = await import('./wasm-detector.ts');
  return createWasmDetector();
}
