import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, responseData } from '../../api/client.ts';
import { fieldErrors } from '../../api/field-errors.ts';
import { isProblem } from '../../api/problem.ts';
import { signInErrorText } from '../../session/sign-in-error.ts';
import { signInTexts } from '../../texts/sign-in.ts';
import { SignInCard } from './sign-in-card.tsx';
import classes from './sign-in-page.module.css';

const texts = signInTexts.forgotten;

/** Asks for a link by mail. What it says afterwards does not depend on whether there is such an account. */
export function ForgotPasswordPage() {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '' },
    validate: { email: (value) => (value.trim() === '' ? signInTexts.emailMissing : null) },
  });
  const { mutate, isPending, isSuccess, error, variables } = useMutation({
    mutationFn: (email: string) => responseData(api.POST('/api/v1/password-resets', { body: { email } })),
  });
  const { email: isWrong } = fieldErrors(error).fields;
  return (
    <SignInCard title={isSuccess ? texts.sentTitle : texts.title}>
      {isSuccess ? (
        <Text role="status">{texts.sent(variables)}</Text>
      ) : (
        <form noValidate onSubmit={form.onSubmit(({ email }) => mutate(email.trim()))}>
          <Stack gap="sm">
            <Text>{texts.text}</Text>
            {error && !isWrong && (
              <Alert color="red" variant="light" role="alert">
                {isProblem(error, 'mail-is-off') ? texts.mailIsOff : signInErrorText(error)}
              </Alert>
            )}
            <TextInput
              label={signInTexts.email}
              type="email"
              autoComplete="username"
              autoFocus
              {...form.getInputProps('email')}
              error={form.errors.email ?? (isWrong && signInTexts.emailWrong)}
            />
            <Button type="submit" loading={isPending} fullWidth>
              {texts.submit}
            </Button>
          </Stack>
        </form>
      )}
      <Link to="/sign-in" className={classes.link}>
        {texts.back}
      </Link>
    </SignInCard>
  );
}
