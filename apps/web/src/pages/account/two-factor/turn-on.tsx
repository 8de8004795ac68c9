import { useState } from 'react';
import { api, responseData } from '../../../api/client.ts';
import { useWrite } from '../../../api/use-write.ts';
import { SecretDialog } from '../../../components/dialog/secret-dialog.tsx';
import { accountTexts } from '../../../texts/account.ts';
import { ConfirmCode } from './confirm-code.tsx';
import { PasswordDialog } from './password-dialog.tsx';

const texts = accountTexts.twoFactor;

/** The password, then the app's first code, then the recovery codes. */
export function TurnOn({ close }: { close: () => void }) {
  const [recoveryCodes, setRecoveryCodes] = useState<string[]>();
  const setUp = useWrite({
    write: (currentPassword: string) => responseData(api.POST('/api/v1/account/totp', { body: { currentPassword } })),
    invalidates: [],
  });
  if (recoveryCodes) {
    const codes = recoveryCodes.join('\n');
    return <SecretDialog title={texts.isOn} text={texts.recoveryText} label={texts.recovery} secret={codes} close={close} />; // prettier-ignore
  }
  if (setUp.data) return <ConfirmCode totp={setUp.data} close={close} onConfirmed={setRecoveryCodes} />;
  return (
    <PasswordDialog
      title={texts.turnOn}
      text={texts.passwordText}
      submit={texts.next}
      close={close}
      onSubmit={setUp.mutate}
      isPending={setUp.isPending}
      error={setUp.error}
    />
  );
}
