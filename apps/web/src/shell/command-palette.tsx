import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { Dialog } from '../components/dialog/dialog.tsx';
import { responseData, api } from '../api/client.ts';
import { may, useUser } from '../session/session.ts';
import { shell } from '../texts/shell.ts';
import { destinations } from './navigation.ts';
import classes from './command-palette.module.css';

interface Choice {
  to: string;
  text: string;
  note: string;
}

/** Any page, and any item by a few letters. */
export function CommandPalette({ close }: { close: () => void }) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const router = useRouter();
  const choices = [...useMatchingPages(words), ...useMatchingItems(words)];
  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
    void router.navigate({ to: choice.to });
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
            key={choice.to}
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

function useMatchingPages(words: string): Choice[] {
  const { role } = useUser();
  return destinations
    .filter((page) => may(role, page.role) && page.text.toLowerCase().includes(words.trim().toLowerCase()))
    .map(({ to, text }) => ({ to, text, note: shell.palette.pages }));
}

function useMatchingItems(words: string): Choice[] {
  const [q] = useDebouncedValue(words.trim(), 80);
  const { data } = useQuery({
    queryKey: ['items', 'palette', q],
    queryFn: ({ signal }) => responseData(api.GET('/api/v1/items', { params: { query: { q, limit: 8 } }, signal })),
    enabled: q !== '',
  });
  if (q === '') return [];
  return (data?.items ?? []).map(({ id, name, sku }) => ({ to: `/items/${id}`, text: name, note: sku }));
}
