import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ScanLine } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { errorMessage } from '../../components/write-error.tsx';
import { quickAddTexts as texts } from '../../texts/movements.ts';
import { type CodeLookup, findItemByCode } from '../code-lookup.ts';
import type { ItemName } from '../item-picker.tsx';
import { findEntry, parseRows, type PastedRow, searchItems, wordsOf } from './quick-entry.ts';

/** How long a key waits for the next one, in milliseconds. */
const PAUSE_MS = 60;

const labelOf = ({ sku, name }: ItemName): string => `${sku} · ${name}`;

interface QuickAddProps {
  /** @param quantity as it was typed */
  add: (item: ItemName, quantity: string) => void;
}

/** One field for scanning and typing. Enter adds the item of the code, else the first match; rows of a spreadsheet are pasted. */
export function QuickAdd({ add }: QuickAddProps) {
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<string[]>([]);
  // One entry after the other, in the order in which they were scanned.
  const queue = useRef(Promise.resolve());
  const [q] = useDebouncedValue(wordsOf(text), PAUSE_MS);
  const { data: matches = [] } = useQuery({
    queryKey: ['items', 'quick-add', q],
    queryFn: ({ signal }) => searchItems(q, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  const report = (problem: string) => setProblems((before) => [...before, problem]);
  const enqueue = (entry: string, lookUp: () => Promise<void>) => {
    queue.current = queue.current
      .then(lookUp)
      .catch((error: Error) => report(texts.failed(entry, errorMessage(error))));
  };
  const addEntry = (entry: string) =>
    enqueue(entry, async () => {
      const found = await findEntry(entry);
      if (found.item) add(found.item, found.quantity);
      else report(found.isArchived ? texts.archived(entry.trim()) : texts.unknown(entry.trim()));
    });
  const addRow = ({ code, quantity }: PastedRow) =>
    enqueue(code, async () => {
      const { item, isArchived }: CodeLookup = code === '' ? {} : await findItemByCode(code);
      if (item) add(item, quantity);
      else report(isArchived ? texts.archived(code) : texts.unknown(code));
    });
  const onChange = (next: string) => {
    const chosen = matches.find((item) => labelOf(item) === next);
    if (!chosen) return setText(next);
    add(chosen, /^\s*(\d{1,10})\s*\*/.exec(text)?.[1] ?? '1');
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const isOnOption = event.currentTarget.hasAttribute('aria-activedescendant');
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || isOnOption || text.trim() === '') return;
    event.preventDefault();
    setProblems([]);
    addEntry(text);
    setText('');
  };
  const onPaste = (event: ClipboardEvent) => {
    const rows = parseRows(event.clipboardData.getData('text/plain'));
    if (!rows) return;
    event.preventDefault();
    setProblems([]);
    rows.forEach(addRow);
  };
  return (
    <Autocomplete
      label={texts.label}
      description={texts.description}
      leftSection={<ScanLine size={14} aria-hidden />}
      autoComplete="off"
      data-quick-add
      value={text}
      data={q === '' || text.trim() === '' ? [] : [...new Set(matches.map(labelOf))]}
      filter={({ options }) => options}
      onChange={onChange}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      error={problems.length > 0 && problems.join(' ')}
    />
  );
}
