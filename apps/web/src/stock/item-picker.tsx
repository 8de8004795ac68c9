import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, responseData, type Schema } from '../api/client.ts';
import type { Item } from '../catalog/items.ts';
import type { Choice } from '../components/picker/match.ts';
import { Picker, type PickerProps } from '../components/picker/picker.tsx';
import { pickerTexts as texts } from '../texts/stock.ts';

export type ItemName = Schema['ItemName'];

type Handled = 'choices' | 'selected' | 'onPick' | 'words' | 'onWords' | 'isCurrent' | 'onChange';

interface ItemPickerProps extends Omit<PickerProps, Handled> {
  /** As much of it as other things name is enough. */
  value: ItemName | null;
  onChange: (item: Item | null) => void;
}

/** How long a key waits for the next one, in milliseconds. */
const PAUSE_MS = 60;

/** One item of the catalogue, found by a few letters of its SKU, name or barcode, or by a scan. */
export function ItemPicker({ value, onChange, ...props }: ItemPickerProps) {
  const [words, setWords] = useState(value ? labelOf(value) : '');
  const wanted = value && words === labelOf(value) ? '' : words.trim();
  const [q] = useDebouncedValue(wanted, PAUSE_MS);
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['items', 'picker', q],
    queryFn: ({ signal }) =>
      responseData(api.GET('/api/v1/items', { params: { query: { limit: 20, ...(q && { q }) } }, signal })),
    placeholderData: keepPreviousData,
  });
  const found = data?.items ?? [];
  return (
    <Picker
      placeholder={texts.find}
      nothingFoundMessage={texts.none}
      {...props}
      choices={found.map(choiceOf)}
      selected={value && choiceOf(value)}
      onPick={(id) => onChange(found.find((item) => item.id === id) ?? null)}
      words={words}
      onWords={setWords}
      isCurrent={data !== undefined && !isPlaceholderData && q === wanted}
    />
  );
}

const labelOf = ({ sku, name }: ItemName): string => `${sku} · ${name}`;

const choiceOf = (item: ItemName & { barcodes?: string[] }): Choice => ({
  id: item.id,
  label: labelOf(item),
  codes: [item.sku, ...(item.barcodes ?? [])],
});
