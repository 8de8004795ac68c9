import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Empty } from '../components/state.tsx';
import { shell } from '../texts/shell.ts';

export const NotFound = () => (
  <Empty title={shell.notFound.title} text={shell.notFound.text}>
    <Button component={Link} to="/" variant="default">
      {shell.notFound.home}
    </Button>
  </Empty>
);
