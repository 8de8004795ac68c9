import type { ReactNode } from 'react';
import classes from './section.module.css';

interface SectionProps {
  title: string;
  /** What can be done with the whole of it, beside its heading. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page, under its own heading. */
export const Section = ({ title, action, children }: SectionProps) => (
  <section className={classes.section}>
    <div className={classes.heading}>
      <h2 className={classes.title}>{title}</h2>
      {action}
    </div>
    {children}
  </section>
);
