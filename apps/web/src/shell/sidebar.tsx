import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import { showError } from '../components/toast.ts';
import { may, signOut, useUser } from '../session/session.ts';
import { shell } from '../texts/shell.ts';
import { destinations } from './navigation.ts';
import classes from './sidebar.module.css';

/** @param bare without the product's name, where something else shows it */
export function Sidebar({ bare = false }: { bare?: boolean }) {
  const { role } = useUser();
  return (
    <div className={classes.sidebar}>
      {!bare && (
        <div className={classes.brand}>
          <img src="/icon.svg" alt="" width={20} height={20} />
          {shell.product}
        </div>
      )}
      <nav aria-label={shell.navigation} className={classes.nav}>
        {destinations
          .filter((destination) => may(role, destination.role))
          .map(({ to, text, icon: Icon }) => (
            <Link key={to} to={to} className={classes.link} activeOptions={{ exact: to === '/' }}>
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              {text}
            </Link>
          ))}
      </nav>
      <Account />
    </div>
  );
}

function Account() {
  const { name, role } = useUser();
  return (
    <div className={classes.account}>
      <span className={classes.who}>
        <span className={classes.name}>{name}</span>
        <span className={classes.role}>{shell.roles[role]}</span>
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={shell.signOut}
        title={shell.signOut}
        onClick={() => void signOut().catch(showError)}
      >
        <LogOut size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}
