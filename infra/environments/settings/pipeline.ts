import type { Variables } from '../variables.ts';

/** Deployment from GitHub Actions through OpenID Connect: no long-lived keys. */
export class Pipeline {
  /**
   * The repository as the tokens' subjects name it: `owner/name`, or `owner@<id>/name@<id>` where the repository was created
   * or renamed since 15 July 2026.
   */
  repository = '';
  /** An account has one identity provider for GitHub: a second environment in the same account looks it up. */
  identityProvider: 'create' | 'existing' = 'create';
}

/** `PIPELINE_REPOSITORY` and `PIPELINE_PROVIDER`. An unknown value stays, so that validation names it. */
export const pipelineSettings = ({ PIPELINE_REPOSITORY, PIPELINE_PROVIDER }: Variables): Pipeline | undefined =>
  PIPELINE_REPOSITORY === undefined
    ? undefined
    : {
        repository: PIPELINE_REPOSITORY,
        identityProvider: (PIPELINE_PROVIDER ?? 'create') as Pipeline['identityProvider'],
      };
