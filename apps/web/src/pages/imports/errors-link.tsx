import { Button } from '@mantine/core';
import { Download } from 'lucide-react';
import type { Import } from '../../imports/queries.ts';
import { importTexts as texts } from '../../texts/imports.ts';

/** The rows that were left out, and why, as CSV. The browser streams it to the disk. */
export function ErrorsLink({ job, isButton = false }: { job: Import; isButton?: boolean }) {
  const href = `/api/v1/imports/${job.id}/errors`;
  const words = texts.result.errors(job.failed);
  if (!isButton)
    return (
      <a href={href} download aria-label={words}>
        {texts.list.download}
      </a>
    );
  return (
    <Button component="a" href={href} download variant="default" leftSection={<Download size={14} aria-hidden />}>
      {words}
    </Button>
  );
}
