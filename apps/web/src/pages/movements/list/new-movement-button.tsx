import { Button } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useShortcut } from '../../../shell/shortcuts.ts';
import { movementsTexts as texts } from '../../../texts/movements.ts';

export function NewMovementButton() {
  const router = useRouter();
  useShortcut('c', texts.addShortcut, () => void router.navigate({ to: '/movements/new' }));
  return (
    <Button component={Link} to="/movements/new" leftSection={<Plus size={14} aria-hidden />}>
      {texts.add}
    </Button>
  );
}
