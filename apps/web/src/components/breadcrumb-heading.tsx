import { Link, type LinkProps } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './breadcrumb-heading.module.css';

interface BreadcrumbHeadingProps {
  /** The list that the page's subject is one of. */
  parent: { to: LinkProps['to']; title: string };
  title: ReactNode;
  /** What follows the title, such as a code or a state. */
  children?: ReactNode;
}

/** The heading of a page about one thing, after a link to the list of all of them. */
export const BreadcrumbHeading = ({ parent, title, children }: BreadcrumbHeadingProps) => (
  <div className={classes.heading}>
    <Link to={parent.to} className={classes.parent}>
      {parent.title}
    </Link>
    <ChevronRight size={14} aria-hidden className={classes.chevron} />
    <h1 className={classes.title}>{title}</h1>
    {children}
  </div>
);

/** A state of the page's subject that asks for attention. */
export const HeadingWarning = ({ children }: { children: string }) => (
  <span className={classes.warning}>{children}</span>
);
