declare module 'virtual:theme.css';

declare module '*?url' {
  const url: string;
  export default url;
}

declare module 'gs1-barcode-parser-mod' {
  /** @throws string where something is no element */
  export function parseBarcode(code: string): { parsedCodeItems: { ai: string; raw: string }[] };
}
