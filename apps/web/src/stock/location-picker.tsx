import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { locationsQuery } from './locations.ts';

interface LocationPickerProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  /** The id, empty where none is chosen. */
  value?: string;
  onChange?: (id: string) => void;
}

/** One of the locations in use, found by code or name. */
export function LocationPicker({ value = '', onChange, ...props }: LocationPickerProps) {
  const { data: locations = [] } = useQuery(locationsQuery);
  return (
    <Select
      {...props}
      data={locations.map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` }))}
      value={value === '' ? null : value}
      onChange={(id) => onChange?.(id ?? '')}
      searchable
    />
  );
}
