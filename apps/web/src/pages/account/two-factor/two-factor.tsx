import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { lazyPart } from '../../../components/lazy-part.ts';
import { useUser } from '../../../session/session.ts';
import { accountTexts } from '../../../texts/account.ts';
import classes from '../account-page.module.css';
import { TurnOff } from './turn-off.tsx';

const texts = accountTexts.twoFactor;

/** With the QR code's encoder, which few visits to the page need. */
const TurnOn = lazyPart(() => import('./turn-on.tsx'), 'TurnOn');

export function TwoFactor() {
  const { twoFactor: isOn } = useUser();
  const [open, setOpen] = useState<'on' | 'off'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <p className={classes.quiet}>{isOn ? texts.on : texts.off}</p>
      <Button variant="default" onClick={() => setOpen(isOn ? 'off' : 'on')}>
        {isOn ? texts.turnOff : texts.turnOn}
      </Button>
      {open === 'off' && <TurnOff close={close} />}
      <Suspense>{open === 'on' && <TurnOn close={close} />}</Suspense>
    </>
  );
}
