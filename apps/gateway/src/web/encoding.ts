import type { WebFile } from './web-build.ts';

/** The smallest form that the client takes (RFC 9110 §12.5.3); unencoded where it says nothing. */
export function encoded(file: WebFile, accepted = ''): { body: Buffer; encoding?: 'br' | 'gzip' } {
  if (file.br && takes(accepted, 'br')) return { body: file.br, encoding: 'br' };
  if (file.gzip && takes(accepted, 'gzip')) return { body: file.gzip, encoding: 'gzip' };
  return { body: file.plain };
}

const takes = (accepted: string, coding: string): boolean =>
  accepted.split(',').some((entry) => {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
