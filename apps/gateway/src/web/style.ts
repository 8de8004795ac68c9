import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside this file, or where the build puts it. */
const FILE = ['style.css', 'src/web/style.css'].map((file) => join(import.meta.dirname, file)).find(existsSync)!;

/** The one style sheet of the pages that the gateway makes itself. */
export const STYLE = readFileSync(FILE, 'utf8');

const hash = createHash('sha256').update(STYLE).digest('base64url').slice(0, 12);

/** Changes with the content, so that it can be cached for good. */
export const STYLE_PATH = `/style.${hash}.css`;
