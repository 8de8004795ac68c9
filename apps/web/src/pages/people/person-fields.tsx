import { Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Role } from '../../session/session.ts';
import { peopleTexts } from '../../texts/people.ts';
import { roleChoices } from './queries.ts';

export interface PersonValues {
  name: string;
  email: string;
  role: Role;
}

export const PERSON_FIELDS = ['name', 'email', 'role', 'password'];

export const needed = (value: string): string | null => (value.trim() === '' ? peopleTexts.form.missing : null);

/** What is known of a person, but for the password. */
export function PersonFields<T extends PersonValues>({ form }: { form: UseFormReturnType<T> }) {
  const { name, email, role } = peopleTexts.people;
  return (
    <>
      <TextInput label={name} withAsterisk autoComplete="off" data-autofocus {...form.getInputProps('name')} />
      <TextInput label={email} withAsterisk type="email" autoComplete="off" {...form.getInputProps('email')} />
      <Select label={role} data={roleChoices} allowDeselect={false} {...form.getInputProps('role')} />
    </>
  );
}
