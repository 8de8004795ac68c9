export const parseLocationsSearch = ({ archived }: Record<string, unknown>): { archived?: true } =>
  archived === true ? { archived } : {};
