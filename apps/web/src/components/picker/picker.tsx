import { Select, type SelectProps } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { pickerTexts as texts } from '../../texts/stock.ts';
import { type Choice, matchOf } from './match.ts';

export interface PickerProps extends Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchValue' | 'filter'> {
  /** What the words have found. */
  choices: readonly Choice[];
  selected: Choice | null;
  onPick: (id: string | null) => void;
  words: string;
  onWords: (words: string) => void;
  /** Whether `choices` are those of `words`, and no longer of what was typed before. */
  isCurrent: boolean;
}

/**
 * A choice by a few letters or by a scanned code. Enter and Tab take the exact or only match, also when it has still to
 * be looked up; otherwise the words stay, and the field says why nothing was chosen.
 */
export function Picker({ choices, selected, onPick, words, onWords, isCurrent, error, ...props }: PickerProps) {
  const [awaited, setAwaited] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const shownFor = useRef<string | null>(null);
  const isTyped = words.trim() !== '' && words !== selected?.label;
  const pick = (choice: Choice) => {
    shownFor.current = choice.id;
    setAwaited(undefined);
    setFailure(undefined);
    onWords(choice.label);
    onPick(choice.id);
  };
  const settle = () => {
    if (!isCurrent) return setAwaited(words);
    setAwaited(undefined);
    const match = matchOf(words, choices);
    if (match) return pick(match);
    setFailure(choices.length === 0 ? texts.nothing(words.trim()) : texts.several(words.trim()));
    // What the field shows is no longer what was chosen before.
    if (selected) onPick(null);
  };
  useEffect(() => {
    if (awaited === words && isCurrent) settle();
  });
  // Another choice from outside is shown; one that the words have undone leaves them.
  useEffect(() => {
    if (selected && selected.id !== shownFor.current) onWords(selected.label);
    shownFor.current = selected?.id ?? null;
  }, [selected?.id]);
  return (
    <Select
      {...props}
      data={listed(choices, selected).map(({ id, label }) => ({ value: id, label }))}
      filter={({ options }) => options}
      value={selected?.id ?? null}
      error={failure ?? error}
      searchable
      searchValue={words}
      onInput={({ currentTarget }) => {
        setAwaited(undefined);
        setFailure(undefined);
        onWords(currentTarget.value);
      }}
      onOptionSubmit={(id) => {
        const choice = listed(choices, selected).find((other) => other.id === id);
        if (choice) pick(choice);
      }}
      onClear={() => {
        setFailure(undefined);
        onWords('');
        onPick(null);
      }}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        const isOnOption = event.currentTarget.hasAttribute('aria-activedescendant');
        if (event.key !== 'Enter' || isOnOption || !isTyped) return;
        event.preventDefault();
        settle();
      }}
      // What is typed next is another choice.
      onFocus={({ currentTarget }) => currentTarget.select()}
      onBlur={() => {
        if (isTyped) settle();
        else if (words.trim() === '' && selected && props.clearable) onPick(null);
        else if (selected) onWords(selected.label);
      }}
    />
  );
}

/** What is chosen is among what can be chosen, whatever the words. */
const listed = (choices: readonly Choice[], selected: Choice | null): readonly Choice[] =>
  selected && !choices.some(({ id }) => id === selected.id) ? [selected, ...choices] : choices;
