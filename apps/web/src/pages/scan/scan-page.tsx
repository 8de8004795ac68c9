export const ScanPage = () => null;
