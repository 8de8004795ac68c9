import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { ApiProblem, NetworkError } from '../api/problem.ts';
import { signInTexts as texts } from '../texts/sign-in.ts';
import { signIn, type User } from './session.ts';

interface SignInFormProps {
  /** Whose session has ended, where one has. */
  email?: string | undefined;
  onDone: (user: User) => void;
}

export function SignInForm({ email = '', onDone }: SignInFormProps) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email, password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? texts.emailMissing : null),
      password: (value) => (value === '' ? texts.passwordMissing : null),
    },
  });
  const { mutate, isPending, error } = useMutation({ mutationFn: signIn, onSuccess: onDone });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => mutate({ ...values, email: values.email.trim() }))}>
      <Stack gap="sm">
        {error && (
          <Alert color="red" variant="light" role="alert">
            {errorText(error)}
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
        <Button type="submit" loading={isPending} fullWidth>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  );
}

function errorText(error: Error): string {
  if (error instanceof NetworkError) return texts.away;
  if (error instanceof ApiProblem && error.status === 429) return texts.throttled(error.retryAfter);
  // A form that no account can have is wrong like any other: which part of it is not told.
  if (error instanceof ApiProblem && [401, 422].includes(error.status)) return texts.wrong;
  return error.message;
}
