import { Drawer } from '@mantine/core';
import { shell } from '../texts/shell.ts';
import { Sidebar } from './sidebar.tsx';

/** The side navigation, where the window is too narrow to show it always. */
export const NarrowMenu = ({ close }: { close: () => void }) => (
  <Drawer
    opened
    onClose={close}
    size="16rem"
    withCloseButton
    title={shell.product}
    closeButtonProps={{ 'aria-label': shell.closeMenu }}
  >
    <Sidebar bare />
  </Drawer>
);
