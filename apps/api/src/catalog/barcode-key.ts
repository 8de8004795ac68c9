const GTIN = /^(?:\d{8}|\d{12,14})$/;

/**
 * What two barcodes have in common that are the same: a GTIN of 8, 12, 13 or 14 digits is one number (GS1 General
 * Specifications, 7.2.7). The database's `barcode_key` decides; this is for what a batch holds in memory.
 */
export const isGtin = (barcode: string): boolean => GTIN.test(barcode);

export const barcodeKey = (barcode: string): string =>
  isGtin(barcode) ? barcode.padStart(14, '0') : barcode.normalize('NFKC').toLowerCase();
