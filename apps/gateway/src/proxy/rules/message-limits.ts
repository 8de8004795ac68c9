export interface MessageLimits {
  readonly maxHeaders: number;
  readonly maxUrlBytes: number;
}
