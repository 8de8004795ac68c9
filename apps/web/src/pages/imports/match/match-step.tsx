import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { WriteError } from '../../../components/write-error.tsx';
import { type Mapping, mappingFault, namedColumns, proposedMapping } from '../../../imports/mapping.ts';
import type { Import } from '../../../imports/queries.ts';
import { rememberedMapping, rememberMapping } from '../../../imports/remembered-mappings.ts';
import { useRerun } from '../../../imports/rerun.ts';
import { importTexts } from '../../../texts/imports.ts';
import classes from '../imports-page.module.css';
import { Columns } from './columns.tsx';
import { ReadingOptions } from './reading-options.tsx';

const texts = importTexts.match;

interface MatchStepProps {
  job: Import;
  onReadAgain: (id: string) => void;
  onCheck: (id: string) => void;
  startOver: () => void;
}

/** How the file was read, and what each of its columns is for. */
export function MatchStep({ job, onReadAgain, onCheck, startOver }: MatchStepProps) {
  const proposed = proposedMapping(job);
  const remembered = rememberedMapping(proposed);
  const [mapping, setMapping] = useState<Mapping>(remembered ?? proposed);
  const check = useRerun(job.id, ({ id }) => onCheck(id));
  const readAgain = useRerun(job.id, ({ id }) => onReadAgain(id));
  const hasColumns = namedColumns(job).length > 0;
  const fault = hasColumns ? mappingFault(mapping) : undefined;
  const isProposed = isSame(mapping, proposed);
  const submit = () => {
    rememberMapping(mapping);
    if (job.state === 'done' && isProposed) onCheck(job.id);
    else check.mutate({ dryRun: true, mapping });
  };
  // The API explains a mapping that is not complete in words for programs; here the fields say it.
  const isUnreadable = job.state === 'failed' && (!hasColumns || (isProposed && !fault));
  return (
    <form
      className={classes.preview}
      aria-label={texts.title}
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault) submit();
      }}
    >
      {isUnreadable && (
        <Alert color="red" variant="light" title={importTexts.wrong.title} role="alert">
          {job.reason}
        </Alert>
      )}
      {fault && (
        <Alert color="yellow" variant="light" title={texts.question} role="alert">
          {texts.fault(fault)}
        </Alert>
      )}
      <ReadingOptions
        job={job}
        isPending={readAgain.isPending}
        readAgain={(options) => readAgain.mutate({ dryRun: true, ...options })}
      />
      {hasColumns && <Columns job={job} mapping={mapping} setMapping={setMapping} />}
      {remembered && !isSame(remembered, proposed) && (
        <p className={classes.quiet}>
          {texts.remembered}{' '}
          <Button size="compact-sm" variant="subtle" onClick={() => setMapping(proposed)}>
            {texts.proposed}
          </Button>
        </p>
      )}
      <WriteError error={check.error ?? readAgain.error} />
      <div className={classes.buttons}>
        {hasColumns && (
          <Button type="submit" loading={check.isPending} disabled={fault !== undefined}>
            {texts.check}
          </Button>
        )}
        <Button variant="default" onClick={startOver}>
          {importTexts.another}
        </Button>
      </div>
    </form>
  );
}

const isSame = (one: Mapping, other: Mapping): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([heading, target]) => other[heading] === target);
