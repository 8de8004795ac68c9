import { api, ifMatch, responseData } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx';
import type { User } from '../../session/session.ts';
import { peopleTexts } from '../../texts/people.ts';

export const ResetTotp = ({ person, close }: { person: User; close: () => void }) => (
  <ConfirmDialog
    name={person.name}
    texts={peopleTexts.totp}
    close={close}
    write={() =>
      responseData(
        api.DELETE('/api/v1/users/{id}/totp', { params: { path: { id: person.id }, header: ifMatch(person) } }),
      )
    }
    invalidates={[['users']]}
  />
);
