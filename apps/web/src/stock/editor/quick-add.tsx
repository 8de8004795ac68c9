import { Alert, Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ScanLine } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import { errorMessage } from '../../components/write-error.tsx';
import { quickAddTexts as texts } from '../../texts/movements.ts';
import { type CodeLookup, findItemByCode } from '../code-lookup.ts';
import type { ItemName } from '../item-picker.tsx';
import classes from './movement-editor.module.css';
import { findEntry, parseRows, type PastedRow, searchItems, splitEntry } from './quick-entry.ts';
import type { Entries } from './use-entries.ts';

/** How long a key waits for the next one, in milliseconds. */
const PAUSE_MS = 60;

const labelOf = ({ sku, name }: ItemName): string => `${sku} · ${name}`;

interface QuickAddProps {
  /** @param quantity as it was typed. @returns false where there is no space for a further line */
  add: (item: ItemName, quantity: string) => boolean;
  entries: Entries;
}

/**
 * One field for scanning and typing. Enter adds the item of the code, else the first match; rows of a spreadsheet are
 * pasted. What was not added stays in sight until a person closes it: the next scan often comes before they look up.
 */
export function QuickAdd({ add, entries }: QuickAddProps) {
  const { text, setText } = entries;
  const [problems, setProblems] = useState<string[]>([]);
  const [q] = useDebouncedValue(splitEntry(text).words, PAUSE_MS);
  const { data: matches = [] } = useQuery({
    queryKey: ['items', 'quick-add', q],
    queryFn: ({ signal }) => searchItems(q, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  const report = (problem: string) => setProblems((before) => [...before, problem]);
  const enqueue = (entry: string, lookUp: () => Promise<void>) =>
    entries.enqueue(() => lookUp().catch((error: Error) => report(texts.failed(entry, errorMessage(error)))));
  const addItem = (item: ItemName, quantity: string) => {
    if (!add(item, quantity)) report(texts.full(labelOf(item), quantity));
  };
  const addEntry = (entry: string) =>
    enqueue(entry, async () => {
      const found = await findEntry(entry);
      if (found.item) addItem(found.item, found.quantity);
      else report(found.isArchived ? texts.archived(entry.trim()) : texts.unknown(entry.trim()));
    });
  const addRow = ({ code, quantity }: PastedRow) =>
    enqueue(code, async () => {
      const { item, isArchived }: Partial<CodeLookup> = code === '' ? {} : await findItemByCode(code);
      if (item) addItem(item, quantity);
      else report(isArchived ? texts.archived(code) : texts.unknown(code));
    });
  const onChange = (next: string) => {
    const chosen = matches.find((item) => labelOf(item) === next);
    if (!chosen) return setText(next);
    addItem(chosen, splitEntry(text).quantity);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const isOnOption = event.currentTarget.hasAttribute('aria-activedescendant');
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || isOnOption || text.trim() === '') return;
    event.preventDefault();
    addEntry(text);
    setText('');
  };
  const onPaste = (event: ClipboardEvent) => {
    const rows = parseRows(event.clipboardData.getData('text/plain'));
    if (!rows) return;
    event.preventDefault();
    rows.forEach(addRow);
  };
  return (
    <>
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
        error={entries.isLeft ? texts.left : problems.length > 0}
      />
      {problems.length > 0 && (
        <Alert
          color="red"
          variant="light"
          role="alert"
          withCloseButton
          closeButtonLabel={texts.close}
          onClose={() => setProblems([])}
        >
          <ul className={classes.problems}>
            {problems.map((problem, index) => (
              <li key={index}>{problem}</li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
