export interface StoredSecret {
  arn: string;
  /** Undefined: its store has no versions that a container can refer to. */
  versionId?: string;
}

export interface Secret extends StoredSecret {
  /** An ephemeral value: only write-only arguments accept it, and neither the plan nor the state contains it. */
  value: string;
}
