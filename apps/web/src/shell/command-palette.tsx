import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { Dialog } from '../components/dialog/dialog.tsx';
import { responseData, api } from '../api/client.ts';
import { may, useMay, useUser } from '../session/session.ts';
import { locationsQuery } from '../stock/locations.ts';
import { MOVEMENT_TYPES } from '../stock/movement.ts';
import { glossary } from '../texts/glossary.ts';
import { shell } from '../texts/shell.ts';
import { type Destination, destinations } from './navigation.ts';
import classes from './command-palette.module.css';

interface Choice {
  /** The path and the search of an address. */
  href: string;
  text: string;
  note: string;
}

/** Any page, any action, and items and locations by a few letters. */
export function CommandPalette({ close }: { close: () => void }) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const router = useRouter();
  const choices = [
    ...useMatchingActions(words),
    ...useMatchingPages(words),
    ...useMatchingLocations(words),
    ...useMatchingItems(words),
  ];
  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
    router.history.push(choice.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return go(choices[at]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || choices.length === 0) return;
    event.preventDefault();
    setAt((at + step + choices.length) % choices.length);
  };
  return (
    <Dialog close={close} withCloseButton={false} padding="xs" aria-label={shell.palette.label}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="palette"
        aria-activedescendant={choices[at] && `palette-${at}`}
        aria-label={shell.palette.label}
        placeholder={shell.palette.label}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette" role="listbox" aria-label={shell.palette.label} className={classes.list}>
        {choices.map((choice, index) => (
          <li
            key={choice.href}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at}
            className={classes.choice}
            onMouseMove={() => setAt(index)}
            onClick={() => go(choice)}
          >
            <span className={classes.text}>{choice.text}</span>
            <span className={classes.note}>{choice.note}</span>
          </li>
        ))}
      </ul>
      {choices.length === 0 && <p className={classes.none}>{shell.palette.none}</p>}
    </Dialog>
  );
}

const matches = (text: string, words: string): boolean => text.toLowerCase().includes(words.trim().toLowerCase());

/** Those without a place in the navigation come last. */
const PAGES: readonly Pick<Destination, 'to' | 'text' | 'role'>[] = [
  ...destinations,
  { to: '/account', text: shell.pages.account, role: 'viewer' },
];

function useMatchingPages(words: string): Choice[] {
  const { role } = useUser();
  return PAGES.filter((page) => may(role, page.role) && matches(page.text, words)).map(({ to, text }) => ({
    href: to,
    text,
    note: shell.palette.pages,
  }));
}

/** What moves stock. Before anything is typed, the pages are enough. */
function useMatchingActions(words: string): Choice[] {
  const mayBook = useMay('operator');
  if (!mayBook || words.trim() === '') return [];
  return MOVEMENT_TYPES.filter((type) => matches(glossary.actions[type], words)).map((type) => ({
    href: `/movements/new?type=${type}`,
    text: glossary.actions[type],
    note: shell.palette.actions,
  }));
}

const MAX_LOCATIONS = 5;

function useMatchingLocations(words: string): Choice[] {
  const { data = [] } = useQuery({ ...locationsQuery, enabled: words.trim() !== '' });
  if (words.trim() === '') return [];
  return data
    .filter(({ code, name }) => matches(`${code} ${name}`, words))
    .slice(0, MAX_LOCATIONS)
    .map(({ id, code, name }) => ({ href: `/locations/${id}`, text: name, note: code }));
}

function useMatchingItems(words: string): Choice[] {
  const [q] = useDebouncedValue(words.trim(), 80);
  const { data } = useQuery({
    queryKey: ['items', 'palette', q],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/items', { params: { query: { q, limit: 8 } }, signal })),
    enabled: q !== '',
  });
  if (q === '') return [];
  return (data?.items ?? []).map(({ id, name, sku }) => ({ href: `/items/${id}`, text: name, note: sku }));
}
