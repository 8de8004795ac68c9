import { Button } from '@mantine/core';
import { Copy } from 'lucide-react';
import { api, responseData } from '../../api/client.ts';
import { showError, showSuccess } from '../../components/toast.ts';
import { todayTexts } from '../../texts/today.ts';

const texts = todayTexts.low;
const PAGE = 200;

/** Copies what is short, and by how much, as rows that a spreadsheet or a mail takes. */
export function OrderListButton() {
  const copy = async () => {
    await navigator.clipboard.writeText(await orderList());
    showSuccess(texts.copied);
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Copy size={14} aria-hidden />}
      onClick={() => void copy().catch(showError)}
    >
      {texts.copy}
    </Button>
  );
}

async function orderList(): Promise<string> {
  const rows = [[texts.sku, texts.item, texts.shortage].join('\t')];
  let cursor: string | null | undefined;
  do {
    const query = { limit: PAGE, ...(cursor && { cursor }) };
    const page = await responseData(api.GET('/api/v1/reports/low-stock', { params: { query } }));
    rows.push(...page.items.map(({ item, shortage }) => [item.sku, item.name, shortage].join('\t')));
    cursor = page.nextCursor;
  } while (cursor);
  return rows.join('\n');
}
