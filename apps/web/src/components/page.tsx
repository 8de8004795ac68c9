import { type ReactNode, useEffect } from 'react';
import { shell } from '../texts/shell.ts';
import classes from './page.module.css';

interface PageProps {
  title: string;
  /** In place of the title, where the heading is more than a text. */
  heading?: ReactNode;
  /** The buttons of the whole page. */
  actions?: ReactNode;
  /** The content fills what is left of the window and scrolls by itself. */
  fills?: boolean;
  children: ReactNode;
}

/** The frame of every page: its title, also in the browser's tab, its actions and its content. */
export function Page({ title, heading, actions, fills = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${shell.product}`;
  }, [title]);
  return (
    <div className={classes.page} data-fills={fills || undefined}>
      <header className={classes.header}>
        {heading ?? <h1 className={classes.title}>{title}</h1>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.content}>{children}</div>
    </div>
  );
}
