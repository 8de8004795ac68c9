import { Button } from '@mantine/core';
import { ago } from '../texts/format.ts';
import { draftTexts as texts } from '../texts/drafts.ts';
import classes from './restored-notice.module.css';

/** Says that a form goes on with what was entered before. */
export const RestoredNotice = ({ at, startOver }: { at: number; startOver: () => void }) => (
  <div className={classes.notice} role="status">
    {texts.restored(ago(at))}
    <Button variant="default" size="compact-sm" onClick={startOver}>
      {texts.startOver}
    </Button>
  </div>
);
