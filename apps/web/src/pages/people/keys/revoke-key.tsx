import { responseData, api } from '../../../api/client.ts';
import { ConfirmDialog } from '../../../components/dialog/confirm-dialog.tsx';
import { peopleTexts } from '../../../texts/people.ts';
import type { ApiKey } from '../queries.ts';

/** Without If-Match: a key never changes. */
export const RevokeKey = ({ apiKey, close }: { apiKey: ApiKey; close: () => void }) => (
  <ConfirmDialog
    name={apiKey.name}
    texts={peopleTexts.revocation}
    close={close}
    write={() => responseData(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: apiKey.id } } }))}
    invalidates={[['api-keys']]}
  />
);
