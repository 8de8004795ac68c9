import { Button, CloseButton, Pill, Switch, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useShortcut } from '../../shell/shortcuts.ts';
import { itemsTexts as texts } from '../../texts/items.ts';
import classes from './filters.module.css';
import { type Changes, type ItemsSearch, narrowed } from './search.ts';
import type { Words } from './use-words.ts';

const route = getRouteApi('/inside/items');

/** What narrows the list. All of it stands in the URL. */
export function Filters({ search, words }: { search: ItemsSearch; words: Words }) {
  const navigate = route.useNavigate();
  const change = (changes: Changes) => void navigate({ search: (before) => narrowed(before, changes), replace: true });
  return (
    <search className={classes.filters}>
      <SearchField {...words} />
      {search.category && (
        <Pill withRemoveButton onRemove={() => change({ category: undefined })} size="lg">
          {search.category}
        </Pill>
      )}
      <Switch
        label={texts.archived}
        checked={search.archived === true}
        onChange={({ currentTarget: { checked } }) => change({ archived: checked || undefined })}
      />
      {(search.category || search.archived) && (
        <Button variant="subtle" color="gray" onClick={() => void navigate({ search: {} })}>
          {texts.clear}
        </Button>
      )}
    </search>
  );
}

function SearchField({ text, type, settle }: Words) {
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
      rightSection={text !== '' && <CloseButton size="sm" aria-label={texts.clear} onClick={() => type('')} />}
      value={text}
      onChange={({ currentTarget: { value } }) => type(value)}
      onBlur={settle}
      onKeyDown={({ key }) => {
        if (key === 'Escape') type('');
        if (key === 'ArrowDown' || key === 'Enter') document.getElementById('item-grid')?.focus();
      }}
    />
  );
}
