import { api, responseData } from '../../../api/client.ts';
import { useWrite } from '../../../api/use-write.ts';
import { showSuccess } from '../../../components/toast.ts';
import { accountTexts } from '../../../texts/account.ts';
import { PasswordDialog } from './password-dialog.tsx';

const texts = accountTexts.twoFactor;

export function TurnOff({ close }: { close: () => void }) {
  const { mutate, isPending, error } = useWrite({
    write: (currentPassword: string) =>
      responseData(api.POST('/api/v1/account/totp/disable', { body: { currentPassword } })),
    invalidates: [['session'], ['users']],
    onSuccess: () => {
      close();
      showSuccess(texts.isOff);
    },
  });
  return (
    <PasswordDialog
      title={texts.turnOff}
      text={texts.offText}
      submit={texts.turnOff}
      close={close}
      onSubmit={mutate}
      isPending={isPending}
      error={error}
    />
  );
}
