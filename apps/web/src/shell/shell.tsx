import { ActionIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouter } from '@tanstack/react-router';
import { Menu, Search } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { followFeed } from '../api/live/live-updates.ts';
import { DialogLoading } from '../components/dialog/dialog-loading.tsx';
import { lazyPart } from '../components/lazy-part.ts';
import { may, useUser } from '../session/session.ts';
import { shell } from '../texts/shell.ts';
import { OfflineBanner } from './offline-banner.tsx';
import { type Destination, destinations } from './navigation.ts';
import { Sidebar } from './sidebar.tsx';
import classes from './shell.module.css';
import { listenForShortcuts, useShortcut } from './shortcuts.ts';

const NarrowMenu = lazyPart(() => import('./narrow-menu.tsx'), 'NarrowMenu');
const Help = lazyPart(() => import('./shortcut-help.tsx'), 'ShortcutHelp');
const Palette = lazyPart(() => import('./command-palette.tsx'), 'CommandPalette');

/** What stands on top of any page. */
type Overlay = 'help' | 'palette' | undefined;

/** Around every page: navigation, banner, shortcuts. */
export function Shell() {
  const { id } = useUser();
  useEffect(() => followFeed(id), [id]);
  const [menu, { open, close }] = useDisclosure();
  const [opened, setOpened] = useState<Overlay>();
  const openPalette = () => setOpened('palette');
  const router = useRouter();
  useEffect(() => router.subscribe('onResolved', close), [router, close]);
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {shell.skip}
      </a>
      <aside className={classes.side}>
        <Sidebar openPalette={openPalette} />
      </aside>
      <header className={classes.bar}>
        <ActionIcon variant="subtle" color="gray" size="lg" onClick={open} aria-label={shell.openMenu}>
          <Menu size={18} aria-hidden />
        </ActionIcon>
        <span className={classes.product}>{shell.product}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={classes.search}
          onClick={openPalette}
          aria-label={shell.palette.label}
        >
          <Search size={18} aria-hidden />
        </ActionIcon>
      </header>
      <Suspense>{menu && <NarrowMenu close={close} />}</Suspense>
      <div className={classes.main}>
        <OfflineBanner />
        <main id="content" tabIndex={-1} className={classes.content}>
          <Outlet />
        </main>
      </div>
      <Keyboard opened={opened} setOpened={setOpened} />
    </div>
  );
}

/** The shortcuts that every page has. */
function Keyboard({ opened, setOpened }: { opened: Overlay; setOpened: (opened: Overlay) => void }) {
  const { role } = useUser();
  useEffect(listenForShortcuts, []);
  useShortcut('?', shell.shortcuts.help, () => setOpened('help'));
  useShortcut('mod+k', shell.shortcuts.palette, () => setOpened('palette'));
  const close = () => setOpened(undefined);
  return (
    <>
      {destinations
        .filter((destination) => may(role, destination.role))
        .map((destination) => (
          <GoTo key={destination.to} destination={destination} />
        ))}
      <Suspense fallback={<DialogLoading />}>
        {opened === 'help' && <Help close={close} />}
        {opened === 'palette' && <Palette close={close} />}
      </Suspense>
    </>
  );
}

function GoTo({ destination: { to, text, key } }: { destination: Destination }) {
  const router = useRouter();
  useShortcut(`g ${key}`, shell.shortcuts.goTo(text), () => void router.navigate({ to }));
  return null;
}
