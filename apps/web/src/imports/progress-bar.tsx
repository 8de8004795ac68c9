import classes from './import-progress.module.css';

interface ProgressBarProps {
  label: string;
  words: string;
  done: number;
  /** Null: the total is not known yet. */
  total: number | null;
}

export const ProgressBar = ({ label, words, done, total }: ProgressBarProps) => (
  <div className={classes.row}>
    <div className={classes.words}>
      <span>{label}</span>
      <span className={classes.quiet}>{words}</span>
    </div>
    <progress
      className={classes.bar}
      aria-label={label}
      {...(total !== null && { value: Math.min(done, total), max: Math.max(total, 1) })}
    />
  </div>
);
