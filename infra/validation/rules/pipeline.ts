import type { Environment } from '../../environments/environment.ts';
import { violations } from '../violations.ts';

const REPOSITORY = /^[\w-]+\/[\w.-]+$|^[\w-]+@\d+\/[\w.-]+@\d+$/;

/** What the roles of a pipeline are made of. */
export const pipelineViolations = ({ pipeline, stateBucket, roles }: Environment): string[] =>
  !pipeline
    ? []
    : violations(
        [
          !REPOSITORY.test(pipeline.repository),
          `pipeline: ${pipeline.repository} names no repository; set PIPELINE_REPOSITORY to owner/name, or to owner@<id>/name@<id>.`,
        ],
        [
          !['create', 'existing'].includes(pipeline.identityProvider),
          `pipeline: the identity provider is ${pipeline.identityProvider}; set PIPELINE_PROVIDER to create or existing.`,
        ],
        [
          !stateBucket,
          'pipeline: each of its runs starts in an empty folder, so the state must be in S3; set STATE_BUCKET (npm run state-bucket creates it).',
        ],
        [
          roles.from === 'existing',
          'pipeline: its permissions are for created roles; write settings(NewRoles), or leave PIPELINE_REPOSITORY out.',
        ],
      );
