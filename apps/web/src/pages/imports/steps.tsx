import { importTexts } from '../../texts/imports.ts';
import classes from './imports-page.module.css';

export type Step = keyof typeof importTexts.steps;

/** Where the person is between a file and its rows being booked. */
export const Steps = ({ current }: { current: Step }) => (
  <ol className={classes.steps} aria-label={importTexts.stepsLabel}>
    {(Object.keys(importTexts.steps) as Step[]).map((step) => (
      <li key={step} aria-current={step === current ? 'step' : undefined}>
        {importTexts.steps[step]}
      </li>
    ))}
  </ol>
);
