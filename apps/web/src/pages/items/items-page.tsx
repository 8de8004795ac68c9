import { Page } from '../../parts/page.tsx';
import { Loading } from '../../parts/state.tsx';

export const ItemsPage = () => (
  <Page title="Items">
    <Loading />
  </Page>
);
