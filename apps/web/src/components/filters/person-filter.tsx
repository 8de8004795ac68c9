import { Select } from '@mantine/core';
import type { Schema } from '../../api/client.ts';
import { useUser } from '../../session/session.ts';
import { filterTexts as texts } from '../../texts/filters.ts';

interface Props {
  actorId: string | undefined;
  /** Those who stand in the rows that are loaded. */
  actors: Schema['Actor'][];
  onChange: (id: string | undefined) => void;
}

export function PersonFilter({ actorId, actors, onChange }: Props) {
  const me = useUser();
  const names = new Map([[me.id, me.name], ...actors.map(({ id, name }) => [id, name] as const)]);
  if (actorId && !names.has(actorId)) names.set(actorId, texts.unknownActor);
  return (
    <Select
      label={texts.who}
      placeholder={texts.anyPerson}
      clearable
      data={[...names].map(([value, label]) => ({ value, label }))}
      value={actorId ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
