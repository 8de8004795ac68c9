import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { scanTexts as texts } from '../../../texts/scan.ts';

/** For a code that no scanner can read. */
export function ManualCode({ onCode }: { onCode: (code: string) => void }) {
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '') onCode(code.trim());
    setCode('');
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={texts.code}
        placeholder={texts.codeHint}
        autoComplete="off"
        value={code}
        onChange={({ currentTarget: { value } }) => setCode(value)}
      />
    </form>
  );
}
