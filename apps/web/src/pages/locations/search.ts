export const locationsSearch = ({ archived }: Record<string, unknown>): { archived?: true } =>
  archived === true ? { archived } : {};
