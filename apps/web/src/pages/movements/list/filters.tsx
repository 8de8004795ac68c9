import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { responseData, api, type Schema } from '../../../api/client.ts';
import { DayFilters } from '../../../components/filters/day-filters.tsx';
import { PersonFilter } from '../../../components/filters/person-filter.tsx';
import { withoutUndefined } from '../../../components/filters/url-filters.ts';
import { ItemPicker } from '../../../stock/item-picker.tsx';
import { LocationPicker } from '../../../stock/location-picker.tsx';
import { movementsTexts } from '../../../texts/movements.ts';
import type { MovementType } from '../movement.ts';
import classes from './movements.module.css';
import { type MovementsSearch, TYPES } from './search.ts';

const texts = movementsTexts.filters;
const route = getRouteApi('/authenticated/movements');

/** What narrows the ledger. All of it stands in the URL. On a narrow screen it is folded away. */
export function Filters({ search, actors }: { search: MovementsSearch; actors: Schema['Actor'][] }) {
  const navigate = route.useNavigate();
  const [opened, { toggle }] = useDisclosure();
  const change = (changes: { [K in keyof MovementsSearch]: MovementsSearch[K] | undefined }) =>
    void navigate({ search: (before) => withoutUndefined({ ...before, ...changes }), replace: true });
  const count = Object.keys(search).length;
  return (
    <search aria-label={texts.label}>
      <div className={classes.toggle}>
        <Button variant="default" fullWidth onClick={toggle} aria-expanded={opened}>
          {texts.toggle(count)}
        </Button>
      </div>
      <div className={classes.filters} data-open={opened || undefined}>
        <ItemFilter itemId={search.itemId} onChange={(itemId) => change({ itemId })} />
        <LocationPicker
          label={texts.location}
          placeholder={texts.anywhere}
          clearable
          value={search.locationId ?? ''}
          onChange={(id) => change({ locationId: id || undefined })}
        />
        <Select
          label={texts.type}
          placeholder={texts.anyType}
          clearable
          data={TYPES.map((type) => ({ value: type, label: movementsTexts.types[type] }))}
          value={search.type ?? null}
          onChange={(type: MovementType | null) => change({ type: type ?? undefined })}
        />
        <PersonFilter actorId={search.actorId} actors={actors} onChange={(actorId) => change({ actorId })} />
        <ReferenceFilter
          key={search.reference === undefined ? '' : 'given'}
          reference={search.reference}
          onChange={(reference) => change({ reference })}
        />
        <DayFilters days={search} onChange={change} />
        {count > 0 && (
          <Button variant="subtle" color="gray" onClick={() => void navigate({ search: {}, replace: true })}>
            {texts.clear}
          </Button>
        )}
      </div>
    </search>
  );
}

interface ItemFilterProps {
  itemId: string | undefined;
  onChange: (id: string | undefined) => void;
}

function ItemFilter({ itemId, onChange }: ItemFilterProps) {
  const { data } = useQuery({
    queryKey: ['items', 'name', itemId],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/items/{id}', { params: { path: { id: itemId! } }, signal })),
    enabled: itemId !== undefined,
    staleTime: Infinity,
  });
  return (
    <ItemPicker
      key={data?.id ?? ''}
      label={texts.item}
      clearable
      value={itemId && data ? data : null}
      onChange={(item) => onChange(item?.id)}
    />
  );
}

interface ReferenceFilterProps {
  reference: string | undefined;
  onChange: (reference: string | undefined) => void;
}

function ReferenceFilter({ reference = '', onChange }: ReferenceFilterProps) {
  const [text, setText] = useState(reference);
  const search = useDebouncedCallback((words: string) => onChange(words || undefined), 250);
  return (
    <TextInput
      label={texts.reference}
      placeholder={texts.referenceHint}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        search(value.trim());
      }}
    />
  );
}
