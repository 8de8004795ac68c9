/** An item that a line names without a location, and where it may be, in the order of the locations' codes. */
export interface AllocatableItem {
  id: string;
  sku: string;
  locationIds: string[];
}
