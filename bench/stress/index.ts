import type { Bench } from '../api/suite.ts';
import { held } from './held.ts';
import { listeners } from './listeners.ts';
import { overload } from './overload.ts';
import { signIns } from './sign-ins.ts';

/** What the API does when more is asked of it than it can do. */
export const benches: Record<string, Bench> = { overload, held, 'sign-ins': signIns, listeners };
