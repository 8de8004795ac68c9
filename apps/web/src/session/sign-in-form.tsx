import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, isProblem } from '../api/problem.ts';
import { signInTexts as texts } from '../texts/sign-in.ts';
import { signIn, type User } from './session.ts';
import { signInErrorText } from './sign-in-error.ts';

interface SignInFormProps {
  /** Whose session has ended, where one has. */
  email?: string | undefined;
  onDone: (user: User) => void;
}

export function SignInForm({ email = '', onDone }: SignInFormProps) {
  const [needsCode, setNeedsCode] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email, password: '', code: '' },
    validate: {
      email: (value) => (value.trim() === '' ? texts.emailMissing : null),
      password: (value) => (value === '' ? texts.passwordMissing : null),
      code: (value) => (needsCode && value.trim() === '' ? texts.codeMissing : null),
    },
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: signIn,
    onSuccess: onDone,
    onError: (problem) => isProblem(problem, CODE_REQUIRED) && setNeedsCode(true),
  });
  const send = form.onSubmit(({ email: address, password, code }) =>
    mutate({ email: address.trim(), password, ...(needsCode && { code }) }),
  );
  return (
    <form noValidate onSubmit={send}>
      <Stack gap="sm">
        {error && !isProblem(error, CODE_REQUIRED) && (
          <Alert color="red" variant="light" role="alert">
            {errorText(error, needsCode)}
          </Alert>
        )}
        <TextInput
          label={texts.email}
          type="email"
          autoComplete="username"
          data-autofocus={email === '' || undefined}
          autoFocus={email === ''}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={texts.password}
          autoComplete="current-password"
          data-autofocus={email !== '' || undefined}
          {...form.getInputProps('password')}
        />
        {needsCode && (
          <TextInput
            label={texts.code}
            description={texts.codeHint}
            autoComplete="one-time-code"
            maxLength={40}
            autoFocus
            {...form.getInputProps('code')}
          />
        )}
        <Button type="submit" loading={isPending} fullWidth>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  );
}

const CODE_REQUIRED = 'second-factor-required';

function errorText(error: Error, hasCode: boolean): string {
  // A form that no account can have is wrong like any other: which part of it is not told.
  if (error instanceof ApiProblem && [401, 422].includes(error.status)) return hasCode ? texts.wrongCode : texts.wrong;
  return signInErrorText(error);
}
