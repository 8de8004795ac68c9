declare module 'swagger-ui-dist/absolute-path.js' {
  /** The folder of the reader's files. */
  export default function absolutePath(): string;
}
