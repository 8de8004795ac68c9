import { Button, Group, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { Dialog } from '../../../components/dialog/dialog.tsx';
import type { Schema } from '../../../api/client.ts';
import { peopleTexts } from '../../../texts/people.ts';
import classes from '../people-page.module.css';

const texts = peopleTexts.secret;

/** The only time that the key is shown: nothing but its own button closes it. */
export function NewKeyDialog({ made, close }: { made: Schema['NewApiKey']; close: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<string>();
  // Without HTTPS a page has no clipboard.
  const copy = () => {
    field.current?.select();
    const copied = navigator.clipboard as Clipboard | undefined;
    if (!copied) return setSaid(texts.noClipboard);
    copied.writeText(made.key).then(
      () => setSaid(texts.copied),
      () => setSaid(texts.noClipboard),
    );
  };
  return (
    <Dialog
      close={close}
      title={texts.title(made.name)}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <div className={classes.form}>
        <p>{texts.once}</p>
        <div className={classes.secret}>
          <TextInput
            ref={field}
            label={texts.label}
            value={made.key}
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
