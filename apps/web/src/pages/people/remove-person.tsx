import { responseData, api, ifMatch } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx';
import type { User } from '../../session/session.ts';
import { peopleTexts } from '../../texts/people.ts';

export const RemovePerson = ({ person, close }: { person: User; close: () => void }) => (
  <ConfirmDialog
    name={person.name}
    texts={peopleTexts.removal}
    close={close}
    write={() =>
      responseData(api.DELETE('/api/v1/users/{id}', { params: { path: { id: person.id }, header: ifMatch(person) } }))
    }
    invalidates={[['users']]}
  />
);
