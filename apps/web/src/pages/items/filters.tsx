import { Button, Chip, CloseButton, Pill, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useShortcut } from '../../shell/shortcuts.ts';
import { locationsQuery } from '../../stock/locations.ts';
import { itemsTexts as texts } from '../../texts/items.ts';
import classes from './filters.module.css';
import { itemCountQuery } from './item-list.ts';
import { type FilterChanges, FLAGS, isFiltered, type ItemsSearch, withFilters } from './search.ts';
import type { SearchInput } from './use-search-input.ts';
import type { DisplayChoice } from './views/display-menu.tsx';
import { Views } from './views/views.tsx';

const route = getRouteApi('/authenticated/items');

interface FiltersProps extends DisplayChoice {
  search: ItemsSearch;
  words: SearchInput;
}

/** What narrows the list. All of it stands in the URL. */
export function Filters({ search, words, ...display }: FiltersProps) {
  const navigate = route.useNavigate();
  const change = (changes: FilterChanges) =>
    void navigate({ search: (before) => withFilters(before, changes), replace: true });
  return (
    <search className={classes.filters}>
      <SearchField {...words} />
      {search.category && (
        <Pill withRemoveButton onRemove={() => change({ category: undefined })} size="lg">
          {search.category}
        </Pill>
      )}
      {search.locationId && <LocationPill id={search.locationId} remove={() => change({ locationId: undefined })} />}
      {FLAGS.map((flag) => (
        <Chip
          key={flag}
          size="xs"
          checked={search[flag] === true}
          onChange={(checked) => change({ [flag]: checked || undefined })}
        >
          {texts.flags[flag]}
        </Chip>
      ))}
      {isFiltered(search) && (
        <Button variant="subtle" color="gray" onClick={() => void navigate({ search: {} })}>
          {texts.clear}
        </Button>
      )}
      <Views search={search} {...display} />
      <Total search={search} />
    </search>
  );
}

function LocationPill({ id, remove }: { id: string; remove: () => void }) {
  const { data: locations = [] } = useQuery(locationsQuery);
  return (
    <Pill withRemoveButton onRemove={remove} size="lg">
      {texts.at(locations.find((location) => location.id === id)?.code)}
    </Pill>
  );
}

/** How many items match. */
function Total({ search }: { search: ItemsSearch }) {
  const { data } = useQuery(itemCountQuery(search));
  return (
    <span className={classes.total} role="status">
      {data && texts.total(data.count, data.isCapped)}
    </span>
  );
}

function SearchField({ text, onType, flush }: SearchInput) {
  const field = useRef<HTMLInputElement>(null);
  useShortcut('/', texts.focusSearch, () => field.current?.select());
  return (
    <TextInput
      ref={field}
      className={classes.words}
      type="search"
      aria-label={texts.search}
      placeholder={texts.search}
      leftSection={<Search size={14} aria-hidden />}
      rightSection={text !== '' && <CloseButton size="sm" aria-label={texts.clear} onClick={() => onType('')} />}
      value={text}
      onChange={({ currentTarget: { value } }) => onType(value)}
      onBlur={flush}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onType('');
        if (key === 'ArrowDown' || key === 'Enter') document.getElementById('item-grid')?.focus();
      }}
    />
  );
}
