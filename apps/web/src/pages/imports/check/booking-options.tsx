import { NativeSelect } from '@mantine/core';
import type { Import } from '../../../imports/queries.ts';
import type { RerunOptions } from '../../../imports/rerun.ts';
import { importTexts } from '../../../texts/imports.ts';
import classes from '../imports-page.module.css';

const texts = importTexts.check;

interface BookingOptionsProps {
  job: Import;
  isPending: boolean;
  recheck: (options: RerunOptions) => void;
}

/** What becomes of quantities, and of items that exist. A change checks the file again, so that the figures are true. */
export const BookingOptions = ({ job, isPending, recheck }: BookingOptionsProps) => (
  <div className={classes.options}>
    <NativeSelect
      label={texts.stock}
      value={job.stock}
      disabled={isPending}
      data={texts.stockModes}
      onChange={(event) => recheck({ stock: event.currentTarget.value as Import['stock'] })}
    />
    <NativeSelect
      label={texts.mode}
      value={job.mode}
      disabled={isPending}
      data={texts.modes}
      onChange={(event) => recheck({ mode: event.currentTarget.value as Import['mode'] })}
    />
  </div>
);
