import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, responseData, type Schema } from '../../../api/client.ts';
import { fieldErrors } from '../../../api/field-errors.ts';
import { useWrite } from '../../../api/use-write.ts';
import { FormDialog } from '../../../components/dialog/form-dialog.tsx';
import { encodeQr } from '../../../labels/barcode-symbol.ts';
import { SymbolSvg } from '../../../labels/symbol-svg.tsx';
import { accountTexts } from '../../../texts/account.ts';
import classes from './confirm-code.module.css';

const texts = accountTexts.twoFactor;

interface ConfirmCodeProps {
  totp: Schema['TotpSecret'];
  close: () => void;
  onConfirmed: (recoveryCodes: string[]) => void;
}

/** The secret, for an app to scan or a person to type, and the code that the app makes of it. The page draws the QR code itself. */
export function ConfirmCode({ totp: { secret, uri }, close, onConfirmed }: ConfirmCodeProps) {
  const [code, setCode] = useState('');
  const [isChecked, setChecked] = useState(false);
  const { mutate, isPending, error } = useWrite({
    write: () => responseData(api.POST('/api/v1/account/totp/confirm', { body: { code } })),
    invalidates: [['session'], ['users']],
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  });
  const { fields } = fieldErrors(error);
  const send = () => {
    setChecked(true);
    if (code.trim() !== '') mutate();
  };
  return (
    <FormDialog
      title={texts.turnOn}
      close={close}
      submit={texts.turnOn}
      onSubmit={send}
      isPending={isPending}
      error={fields.code ? null : error}
    >
      <p>{texts.scan}</p>
      <SymbolSvg symbol={encodeQr(uri)} label={texts.qr} className={classes.qr!} />
      <p>
        {texts.type} <code className={classes.secret}>{secret.replace(/.{4}(?=.)/g, '$& ')}</code>
      </p>
      <TextInput
        label={texts.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={40}
        value={code}
        onChange={({ currentTarget: { value } }) => setCode(value)}
        error={isChecked && code.trim() === '' ? texts.codeNeeded : fields.code}
      />
    </FormDialog>
  );
}
