import type { ReactNode } from 'react';
import classes from './section.module.css';

/** A part of a page, under its own heading. */
export const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={classes.section}>
    <h2 className={classes.title}>{title}</h2>
    {children}
  </section>
);
