import { TextInput } from '@mantine/core';
import { filterTexts as texts } from '../../texts/filters.ts';

interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

/** The first and the last day. */
export const DayFilters = ({ days, onChange }: { days: Days; onChange: (change: Days) => void }) =>
  (['from', 'to'] as const).map((name) => (
    <TextInput
      key={name}
      type="date"
      label={texts[name]}
      value={days[name] ?? ''}
      onChange={({ currentTarget: { value } }) => onChange({ [name]: value || undefined })}
    />
  ));
