import { Alert, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { api, responseData } from '../../api/client.ts';
import { fieldErrors } from '../../api/field-errors.ts';
import { isProblem } from '../../api/problem.ts';
import { signInErrorText } from '../../session/sign-in-error.ts';
import { accountTexts } from '../../texts/account.ts';
import { signInTexts } from '../../texts/sign-in.ts';
import { MIN_PASSWORD } from '../people/password-field.tsx';
import { SignInCard } from './sign-in-card.tsx';
import classes from './sign-in-page.module.css';

const texts = signInTexts.newPassword;

/** Where the link in the mail leads. Its token is in the fragment, which no server gets to see but in the body of this form. */
export function ResetPasswordPage() {
  const { hash: token } = useLocation();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { newPassword: '' },
    validate: { newPassword: (value) => (value.length < MIN_PASSWORD ? accountTexts.password.short : null) },
  });
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (newPassword: string) =>
      responseData(api.POST('/api/v1/password-resets/confirm', { body: { token, newPassword } })),
  });
  const { fields } = fieldErrors(error);
  if (isSuccess)
    return (
      <SignInCard title={texts.title}>
        <Text role="status">{texts.done}</Text>
        <Link to="/sign-in" className={classes.link}>
          {texts.signIn}
        </Link>
      </SignInCard>
    );
  if (token === '' || isProblem(error, 'not-found'))
    return (
      <SignInCard title={texts.title}>
        <Text role="alert">{texts.invalid}</Text>
        <Link to="/forgot-password" className={classes.link}>
          {texts.again}
        </Link>
      </SignInCard>
    );
  return (
    <SignInCard title={texts.title}>
      <form noValidate onSubmit={form.onSubmit(({ newPassword }) => mutate(newPassword))}>
        <Stack gap="sm">
          {error && !fields.newPassword && (
            <Alert color="red" variant="light" role="alert">
              {signInErrorText(error)}
            </Alert>
          )}
          <PasswordInput
            label={accountTexts.password.next}
            description={accountTexts.password.hint}
            autoComplete="new-password"
            autoFocus
            {...form.getInputProps('newPassword')}
            error={form.errors.newPassword ?? fields.newPassword}
          />
          <Button type="submit" loading={isPending} fullWidth>
            {texts.submit}
          </Button>
        </Stack>
      </form>
    </SignInCard>
  );
}
