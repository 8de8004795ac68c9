import { getMetadataStorage, type MetadataStorage } from 'class-validator';

type Find = MetadataStorage['getTargetValidationMetadatas'];

/**
 * class-validator works out a class's checks anew for each object, from those of all classes: half the time that a
 * movement of many lines takes to check. They are declared when the modules load and do not change, so once is enough.
 */
export function cacheValidationMetadata(): void {
  const storage = getMetadataStorage();
  const find: Find = storage.getTargetValidationMetadatas.bind(storage);
  const known = new Map<unknown, ReturnType<Find>>();
  storage.getTargetValidationMetadatas = (type, schema, always, strictGroups, groups) => {
    // Of groups, which nothing here uses, the answer depends, too.
    if (always || strictGroups || groups?.length) return find(type, schema, always, strictGroups, groups);
    const checks = known.get(type) ?? find(type, schema, always, strictGroups, groups);
    known.set(type, checks);
    return checks;
  };
}
