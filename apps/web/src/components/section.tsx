import type { ReactNode } from 'react';
import classes from './section.module.css';

interface SectionProps {
  title: string;
  /** What the section is for, below its heading. */
  text?: string;
  /** What can be done with the whole of it, beside its heading. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page, under its own heading. */
export const Section = ({ title, text, action, children }: SectionProps) => (
  <section className={classes.section}>
    <div className={classes.heading}>
      <div>
        <h2 className={classes.title}>{title}</h2>
        {text && <p className={classes.text}>{text}</p>}
      </div>
      {action}
    </div>
    {children}
  </section>
);
