import { list } from '../../texts/format.ts';
import { webhooksTexts } from '../../texts/webhooks.ts';
import type { Webhook } from './queries.ts';

const names: Record<string, string> = webhooksTexts.resources;

export const resources = Object.entries(webhooksTexts.resources).map(([value, label]) => ({ value, label }));

/** What a webhook is told of: whole resources by their names, single types as they are. */
export const typesText = ({ types }: Webhook): string =>
  types === null ? webhooksTexts.all : list(types.map((type) => names[type] ?? type));
