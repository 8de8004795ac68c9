import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { fieldErrors } from '../../../api/field-errors.ts';
import { FormDialog } from '../../../components/dialog/form-dialog.tsx';
import { useUser } from '../../../session/session.ts';
import { accountTexts } from '../../../texts/account.ts';

interface PasswordDialogProps {
  title: string;
  text: string;
  submit: string;
  close: () => void;
  onSubmit: (password: string) => void;
  isPending: boolean;
  error: Error | null;
}

/** Asks for the person's own password before they change how they sign in. */
export function PasswordDialog({ text, onSubmit, error, ...dialog }: PasswordDialogProps) {
  const { email } = useUser();
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  const { fields } = fieldErrors(error);
  const send = () => {
    setChecked(true);
    if (password !== '') onSubmit(password);
  };
  return (
    <FormDialog {...dialog} onSubmit={send} error={fields.currentPassword ? null : error}>
      <p>{text}</p>
      {/* Tells a password manager whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label={accountTexts.password.current}
        autoComplete="current-password"
        value={password}
        onChange={({ currentTarget: { value } }) => setPassword(value)}
        error={isChecked && password === '' ? accountTexts.password.needed : fields.currentPassword}
      />
    </FormDialog>
  );
}
