import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { shell } from '../../texts/shell.ts';
import { Dialog } from './dialog.tsx';
import classes from './secret-dialog.module.css';

const texts = shell.secret;

interface SecretDialogProps {
  title: string;
  /** What it is for. */
  text?: string;
  /** What the secret is called. */
  label: string;
  /** One line, or several of them. */
  secret: string;
  close: () => void;
}

/** The only time that a secret is shown: nothing but its own button closes it. */
export function SecretDialog({ title, text, label, secret, close }: SecretDialogProps) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [said, setSaid] = useState<string>();
  // Without HTTPS a page has no clipboard.
  const copy = () => {
    field.current?.select();
    const copied = navigator.clipboard as Clipboard | undefined;
    if (!copied) return setSaid(texts.noClipboard);
    copied.writeText(secret).then(
      () => setSaid(texts.copied),
      () => setSaid(texts.noClipboard),
    );
  };
  const lines = secret.split('\n').length;
  const Field = lines > 1 ? Textarea : TextInput;
  return (
    <Dialog close={close} title={title} withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false}>
      <div className={classes.content}>
        {text && <p>{text}</p>}
        <p>{texts.once}</p>
        <div className={classes.secret}>
          <Field
            ref={field}
            {...(lines > 1 && { rows: lines })}
            label={label}
            value={secret}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button variant="default" onClick={copy} data-autofocus>
            {texts.copy}
          </Button>
        </div>
        <p role="status" className={classes.quiet}>
          {said}
        </p>
        <Group justify="flex-end">
          <Button onClick={close}>{texts.close}</Button>
        </Group>
      </div>
    </Dialog>
  );
}
