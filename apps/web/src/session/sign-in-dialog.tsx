import { Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { signInTexts as texts } from '../texts/sign-in.ts';
import { completeSignIn } from './expiry.ts';
import { sessionQuery, type User } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** On top of whatever the person was doing, which stays as it is. */
export function SignInDialog() {
  const { data } = useQuery({ ...sessionQuery, enabled: false });
  // The session's owner, even if another person signs in.
  const [owner] = useState(data);
  const goOn = ({ id }: User) => {
    if (id === owner?.id) return completeSignIn();
    // Nothing that this person saw or was about to send is another one's.
    location.reload();
  };
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
      <SignInForm email={owner?.email} onDone={goOn} />
    </Modal>
  );
}
