import { Button, CloseButton, Pill, Switch, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from '../../shell/shortcuts.ts';
import { itemsTexts as texts } from '../../texts/items.ts';
import classes from './filters.module.css';
import type { ItemsSearch } from './search.ts';

const route = getRouteApi('/inside/items');
/** How long a key waits for the next one before it searches, in milliseconds. */
const PAUSE_MS = 40;

/** What narrows the list. All of it stands in the URL. */
export function Filters({ search }: { search: ItemsSearch }) {
  const navigate = route.useNavigate();
  const change = (changes: { [K in keyof ItemsSearch]: ItemsSearch[K] | undefined }) =>
    void navigate({ search: (before) => without({ ...before, ...changes }), replace: true });
  return (
    <search className={classes.filters}>
      <Words q={search.q} onChange={(q) => change({ q: q.trim() === '' ? undefined : q })} />
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

/** Searches while a person types. */
function Words({ q = '', onChange }: { q?: string | undefined; onChange: (q: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(q);
  const [asked, setAsked] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Somebody went back, or cleared the filters.
  if (q !== asked) {
    setAsked(q);
    if (q !== words.trim()) setWords(q);
  }
  useShortcut('/', texts.focusSearch, () => field.current?.select());
  const type = (text: string) => {
    setWords(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setAsked(text.trim());
      onChange(text.trim());
    }, PAUSE_MS);
  };
  return (
    <TextInput
      ref={field}
      className={classes.words}
      type="search"
      aria-label={texts.search}
      placeholder={texts.search}
      leftSection={<Search size={14} aria-hidden />}
      rightSection={words !== '' && <CloseButton size="sm" aria-label={texts.clear} onClick={() => type('')} />}
      value={words}
      onChange={({ currentTarget: { value } }) => type(value)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') type('');
        if (key === 'ArrowDown' || key === 'Enter') document.getElementById('item-grid')?.focus();
      }}
    />
  );
}

const without = (search: object): ItemsSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
