/** The words for what people do and see, the same on every page. */
export const glossary = {
  /** What a person does: on buttons. */
  actions: {
    receipt: 'Receive',
    issue: 'Ship',
    transfer: 'Move',
    adjustment: 'Adjust',
    count: 'Count',
    reversal: 'Reverse',
  },
  /** What was done: in lists and headings. */
  movements: {
    receipt: 'Received',
    issue: 'Shipped',
    transfer: 'Moved',
    adjustment: 'Adjusted',
    count: 'Counted',
    reversal: 'Reversed',
  },
  item: 'Item',
  location: 'Location',
  quantity: 'Quantity',
  reference: 'Reference',
  /** Of a movement as a whole. */
  note: 'Note',
  /** Of one adjusted line. */
  reason: 'Reason',
  onHand: 'On hand',
  reserved: 'Reserved',
  available: 'Available',
  reorderPoint: 'Reorder point',
  change: 'Change',
  onHandAfter: 'On hand after',
  person: 'Person',
  time: 'Time',
  restore: 'Restore',
  required: 'This is needed.',
} as const;
