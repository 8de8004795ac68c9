import { Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { signInTexts as texts } from '../texts/sign-in.ts';
import { resume } from './expiry.ts';
import { sessionQuery } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** On top of whatever the person was doing, which stays as it is. */
export function SignInDialog() {
  const { data: user } = useQuery({ ...sessionQuery, enabled: false });
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      title={texts.expired.title}
      zIndex={1000}
    >
      <Text c="dimmed" mb="sm">
        {texts.expired.text}
      </Text>
      <SignInForm email={user?.email} onDone={resume} />
    </Modal>
  );
}
