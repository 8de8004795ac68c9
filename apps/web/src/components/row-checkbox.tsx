import { Checkbox, type CheckboxProps } from '@mantine/core';
import classes from './row-checkbox.module.css';

/** A checkbox without words beside it, in a row of a table. All of its cell takes the press. */
export const RowCheckbox = (props: CheckboxProps & { 'aria-label': string }) => (
  <label className={classes.target}>
    <Checkbox size="xs" {...props} />
  </label>
);
