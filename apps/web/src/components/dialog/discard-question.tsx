import { Button, Group, Modal, Text } from '@mantine/core';
import { shell } from '../../texts/shell.ts';

/** Asks before what was typed is lost. */
export const DiscardQuestion = ({ discard, keep }: { discard: () => void; keep: () => void }) => (
  <Modal
    opened
    onClose={keep}
    title={shell.discard.title}
    closeButtonProps={{ 'aria-label': shell.close }}
    zIndex={400}
  >
    <Text mb="md">{shell.discard.text}</Text>
    <Group justify="flex-end">
      <Button variant="default" onClick={keep} data-autofocus>
        {shell.discard.keep}
      </Button>
      <Button color="red.8" onClick={discard}>
        {shell.discard.confirm}
      </Button>
    </Group>
  </Modal>
);
