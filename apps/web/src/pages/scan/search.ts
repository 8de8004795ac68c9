/** `at`: the location that is to be counted, where a page leads here for it. */
export const parseScanSearch = ({ at }: Record<string, unknown>): { at?: string } =>
  typeof at === 'string' && at !== '' ? { at } : {};
