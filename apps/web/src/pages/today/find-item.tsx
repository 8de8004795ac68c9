import { TextInput } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { ScanLine } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { showError } from '../../components/toast.ts';
import { findEntry } from '../../stock/editor/quick-entry.ts';
import { todayTexts as texts } from '../../texts/today.ts';

/** Opens the item of a code that is scanned or typed, else the best match of the words. */
export function FindItem() {
  const router = useRouter();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState<string>();
  const find = async () => {
    const { item } = await findEntry(text);
    if (!item) return setMissing(text.trim());
    await router.navigate({ to: '/items/$itemId', params: { itemId: item.id } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') void find().catch(showError);
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={texts.find}
        leftSection={<ScanLine size={14} aria-hidden />}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          setMissing(undefined);
        }}
        error={missing !== undefined && texts.notFound(missing)}
      />
    </form>
  );
}
