import { ActionIcon, Button, Fieldset, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { itemFormTexts } from '../texts/items.ts';
import type { AttributeRow } from './attributes.ts';
import classes from './item-form.module.css';

const texts = itemFormTexts.attributes;

interface AttributeFieldsProps {
  rows: readonly AttributeRow[];
  onChange: (rows: AttributeRow[]) => void;
  error: string | undefined;
}

/** Names and values of a person's own choice. */
export function AttributeFields({ rows, onChange, error }: AttributeFieldsProps) {
  const list = useRef<HTMLUListElement>(null);
  const change = (index: number, changes: Partial<AttributeRow>) =>
    onChange(rows.map((row, n) => (n === index ? { ...row, ...changes } : row)));
  const add = () => {
    onChange([...rows, { name: '', value: '' }]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus());
  };
  return (
    <Fieldset legend={texts.title} variant="unstyled" className={classes.wide}>
      <ul ref={list} className={classes.attributes}>
        {rows.map((row, index) => (
          <li key={index} className={classes.attribute}>
            <TextInput
              aria-label={texts.name(index + 1)}
              placeholder={texts.namePlaceholder}
              value={row.name}
              onChange={({ currentTarget }) => change(index, { name: currentTarget.value })}
            />
            <TextInput
              aria-label={texts.value(index + 1)}
              placeholder={texts.valuePlaceholder}
              value={row.value}
              onChange={({ currentTarget }) => change(index, { value: currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={texts.remove(index + 1)}
              onClick={() => onChange(rows.filter((_, n) => n !== index))}
            >
              <X size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {error && (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      )}
      <Button variant="default" size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={add}>
        {texts.add}
      </Button>
    </Fieldset>
  );
}
