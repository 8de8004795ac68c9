/** https://wicg.github.io/shape-detection-api/#barcode-detection-api */
export interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}
