import type { Environment } from './environment.ts';
import { lab } from './lab.ts';
import { production } from './production.ts';
import { sandbox } from './sandbox.ts';
import type { Variables } from './variables.ts';

export const environments: Record<string, (variables: Variables) => Environment> = { lab, production, sandbox };
