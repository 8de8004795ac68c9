import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { isProblem } from '../../api/problem.ts';
import { useWrite } from '../../api/use-write.ts';
import { showSuccess, showError } from '../../components/toast.ts';
import { WriteError } from '../../components/write-error.tsx';
import { locationsTexts as texts } from '../../texts/locations.ts';
import { shell } from '../../texts/shell.ts';
import { archiveLocation, type Location, AFFECTED_BY_LOCATION, updateLocation } from './location.ts';
import { LocationDialog } from './location-dialog.tsx';

/** What an operator may do with one. */
export function LocationActions({ location, size = 'sm' }: { location: Location; size?: 'xs' | 'sm' }) {
  const [open, setOpen] = useState<'edit' | 'archive'>();
  const close = () => setOpen(undefined);
  const button = { variant: 'default', size };
  if (location.archivedAt) return <RestoreButton location={location} size={size} />;
  return (
    <>
      <Button {...button} aria-label={texts.editThis(location.code)} onClick={() => setOpen('edit')}>
        {texts.edit}
      </Button>
      <Button {...button} aria-label={texts.archiveThis(location.code)} onClick={() => setOpen('archive')}>
        {texts.archive}
      </Button>
      {open === 'edit' && <LocationDialog location={location} close={close} />}
      {open === 'archive' && <ArchiveDialog location={location} close={close} />}
    </>
  );
}

function RestoreButton({ location, size }: { location: Location; size: 'xs' | 'sm' }) {
  const write = useWrite({
    write: (_: void) => updateLocation(location, { archived: false }),
    invalidates: AFFECTED_BY_LOCATION,
    onSuccess: ({ code }) => showSuccess(texts.restored(code)),
    onError: showError,
  });
  return (
    <Button
      variant="default"
      size={size}
      aria-label={texts.restoreThis(location.code)}
      loading={write.isPending}
      onClick={() => write.mutate()}
    >
      {texts.restore}
    </Button>
  );
}

function ArchiveDialog({ location, close }: { location: Location; close: () => void }) {
  const { id, code } = location;
  const write = useWrite({
    write: (_: void) => archiveLocation(location),
    invalidates: AFFECTED_BY_LOCATION,
    onSuccess: () => {
      close();
      showSuccess(texts.archiving.done(code));
    },
  });
  const isRefused = isProblem(write.error, 'conflict');
  return (
    <Dialog close={close} title={texts.archiving.title(code)}>
      <Stack gap="sm">
        <Text c="dimmed">{texts.archiving.text}</Text>
        <WriteError error={write.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {shell.cancel}
          </Button>
          {isRefused ? (
            <Button
              onClick={close}
              renderRoot={(props) => <Link to="/locations/$locationId" params={{ locationId: id }} {...props} />}
            >
              {texts.archiving.look}
            </Button>
          ) : (
            <Button color="red.8" loading={write.isPending} onClick={() => write.mutate()}>
              {texts.archiving.confirm}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}
