import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { responseData, api, type Schema } from '../api/client.ts';
import type { Item } from '../catalog/items.ts';
import { pickerTexts as texts } from '../texts/stock.ts';

export type ItemName = Schema['ItemName'];

interface ItemPickerProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  /** As much of it as other things name is enough. */
  value: ItemName | null;
  onChange: (item: Item | null) => void;
}

/** How long a key waits for the next one, in milliseconds. */
const PAUSE_MS = 60;

/** One item of the catalogue, found by a few letters of its SKU, name or barcode. */
export function ItemPicker({ value, onChange, ...props }: ItemPickerProps) {
  const [words, setWords] = useState('');
  const [q] = useDebouncedValue(value && words === labelOf(value) ? '' : words.trim(), PAUSE_MS);
  const { data } = useQuery({
    queryKey: ['items', 'picker', q],
    queryFn: ({ signal }) =>
      responseData(api.GET('/api/v1/items', { params: { query: { limit: 20, ...(q && { q }) } }, signal })),
    placeholderData: keepPreviousData,
  });
  const found = data?.items ?? [];
  const choices: ItemName[] = value && !found.some(({ id }) => id === value.id) ? [value, ...found] : found;
  return (
    <Select
      placeholder={texts.find}
      nothingFoundMessage={texts.none}
      {...props}
      data={choices.map((item) => ({ value: item.id, label: labelOf(item) }))}
      // The API has found and ranked them, typing errors included.
      filter={({ options }) => options}
      value={value?.id ?? null}
      onChange={(id) => {
        const item = found.find((other) => other.id === id);
        if (item || id === null) onChange(item ?? null);
      }}
      searchable
      searchValue={words}
      onSearchChange={setWords}
    />
  );
}

const labelOf = ({ sku, name }: ItemName): string => `${sku} · ${name}`;
