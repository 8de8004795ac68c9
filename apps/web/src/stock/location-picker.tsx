import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schema } from '../api/client.ts';
import type { Choice } from '../components/picker/match.ts';
import { Picker, type PickerProps } from '../components/picker/picker.tsx';
import { locationsQuery } from './locations.ts';

type Handled = 'choices' | 'selected' | 'onPick' | 'words' | 'onWords' | 'isCurrent' | 'onChange' | 'value';

interface LocationPickerProps extends Omit<PickerProps, Handled> {
  /** The id, empty where none is chosen. */
  value?: string;
  onChange?: (id: string) => void;
  /** The id of one that is not offered: where things come from is not where they go. */
  except?: string;
}

/** One of the locations in use, found by code or name, or by a scan. */
export function LocationPicker({ value = '', onChange, except, ...props }: LocationPickerProps) {
  const { data: locations } = useQuery(locationsQuery);
  const offered = (locations ?? []).filter(({ id }) => id !== except).map(choiceOf);
  const selected = (locations ?? []).map(choiceOf).find(({ id }) => id === value) ?? null;
  const [words, setWords] = useState(selected?.label ?? '');
  const wanted = selected?.label === words ? '' : words.trim().toLowerCase();
  return (
    <Picker
      {...props}
      choices={offered.filter(({ label }) => label.toLowerCase().includes(wanted))}
      selected={selected}
      onPick={(id) => onChange?.(id ?? '')}
      words={words}
      onWords={setWords}
      isCurrent={locations !== undefined}
    />
  );
}

const choiceOf = ({ id, code, name }: Schema['Location']): Choice => ({
  id,
  label: `${code} · ${name}`,
  codes: [code],
});
