/** https://wicg.github.io/shape-detection-api/#barcode-detection-api, where the browser has it. */
interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}

const Detectors = (globalThis as { BarcodeDetector?: new () => Detector }).BarcodeDetector;

export type MissingCapability = 'detector' | 'secure' | 'camera';

/** What is missing for reading codes with the camera. */
export function missingCapability(): MissingCapability | undefined {
  if (!isSecureContext) return 'secure';
  if (!Detectors) return 'detector';
  return 'mediaDevices' in navigator ? undefined : 'camera';
}

export const createDetector = (): Detector => new Detectors!();
