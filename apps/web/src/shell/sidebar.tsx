import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { LogOut, Search } from 'lucide-react';
import { showError } from '../components/toast.ts';
import { may, signOut, useUser } from '../session/session.ts';
import { shell } from '../texts/shell.ts';
import { destinations } from './navigation.ts';
import { MOD_KEY } from './shortcuts.ts';
import classes from './sidebar.module.css';

interface SidebarProps {
  /** Without the product's name, where something else shows it. */
  bare?: boolean;
  /** Undefined: something else has the button for it. */
  openPalette?: () => void;
}

export function Sidebar({ bare = false, openPalette }: SidebarProps) {
  const { role } = useUser();
  return (
    <div className={classes.sidebar}>
      {!bare && (
        <div className={classes.brand}>
          <img src="/icon.svg" alt="" width={20} height={20} />
          {shell.product}
        </div>
      )}
      {openPalette && (
        <UnstyledButton className={classes.search} onClick={openPalette} aria-label={shell.palette.label}>
          <Search size={16} strokeWidth={1.75} aria-hidden />
          {shell.search}
          <Kbd size="xs" className={classes.keys} aria-hidden>
            {MOD_KEY} K
          </Kbd>
        </UnstyledButton>
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
      <Link to="/account" className={classes.who} aria-label={shell.accountOf(name)}>
        <span className={classes.name}>{name}</span>
        <span className={classes.role}>{shell.roles[role]}</span>
      </Link>
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
