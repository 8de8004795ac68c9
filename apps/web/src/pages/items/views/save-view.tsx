import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '../../../components/dialog/form-dialog.tsx';
import { itemsTexts } from '../../../texts/items.ts';
import type { ItemsSearch } from '../search.ts';
import { MAX_NAME, MAX_VIEWS, type View } from './stored-views.ts';

const texts = itemsTexts.views;

interface SaveViewProps {
  views: View[];
  search: ItemsSearch;
  /** @throws Error where the browser keeps nothing */
  keep: (views: View[]) => void;
  close: () => void;
}

export function SaveView({ views, search, keep, close }: SaveViewProps) {
  const [text, setText] = useState('');
  const [mistake, setMistake] = useState<string>();
  const save = () => {
    const name = text.trim();
    const others = views.filter((view) => view.name !== name);
    if (name === '') return setMistake(texts.noName);
    if (name.length > MAX_NAME) return setMistake(texts.longName(MAX_NAME));
    if (others.length >= MAX_VIEWS) return setMistake(texts.tooMany(MAX_VIEWS));
    try {
      keep([...others, { name, search }].sort((one, other) => one.name.localeCompare(other.name)));
      close();
    } catch {
      setMistake(texts.notKept);
    }
  };
  return (
    <FormDialog
      title={texts.saveTitle}
      close={close}
      submit={texts.submit}
      onSubmit={save}
      isPending={false}
      error={null}
    >
      <TextInput
        data-autofocus
        label={texts.name}
        description={views.some(({ name }) => name === text.trim()) ? texts.replaces : texts.where}
        error={mistake}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          setMistake(undefined);
        }}
      />
    </FormDialog>
  );
}
