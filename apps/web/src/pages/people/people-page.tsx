import { Page } from '../../components/page.tsx';
import { Forbidden } from '../../components/state.tsx';
import { useMay, useUser } from '../../session/session.ts';
import { peopleTexts as texts } from '../../texts/people.ts';
import { shell } from '../../texts/shell.ts';
import { ApiKeys } from './keys/api-keys.tsx';
import classes from './people-page.module.css';
import { People } from './people.tsx';

export function PeoplePage() {
  const isAdmin = useMay('admin');
  const { role } = useUser();
  return (
    <Page title={texts.title}>
      {isAdmin ? (
        <div className={classes.content}>
          <People />
          <ApiKeys />
        </div>
      ) : (
        <Forbidden text={shell.forbidden.text(shell.roles[role])} />
      )}
    </Page>
  );
}
