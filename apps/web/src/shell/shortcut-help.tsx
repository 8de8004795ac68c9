import { Kbd } from '@mantine/core';
import { Dialog } from '../components/dialog/dialog.tsx';
import { useStore } from '../api/store.ts';
import { shell } from '../texts/shell.ts';
import classes from './shortcut-help.module.css';
import { MOD_KEY, shortcuts } from './shortcuts.ts';

/** All shortcuts that work on the page behind. */
export function ShortcutHelp({ close }: { close: () => void }) {
  const all = useStore(shortcuts);
  return (
    <Dialog close={close} title={shell.shortcuts.title}>
      <dl className={classes.list}>
        {all.map(({ keys, text }) => (
          <div key={keys} className={classes.row}>
            <dt>{text}</dt>
            <dd className={classes.keys}>
              {keys.split(/[ +]/).map((key) => (
                <Kbd key={key}>{key === 'mod' ? MOD_KEY : key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
