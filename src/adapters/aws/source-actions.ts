/** "ce:GetCostAndUsage": what a policy of IAM allows. */
export type IamAction = `${string}:${string}`;

/** What a connection reads beyond its account's figures: some permissions are given for that alone. */
export interface PolicyPlace {
  /** Null: the account's own view of its bill. */
  readonly billingViewArn: string | null;
  /** Buckets and keys of data exports, as ARNs. */
  readonly exportArns: readonly string[];
}

/** What one source may do in a customer's account: one statement of the policy. */
export interface SourceActions {
  /** Names the statement: letters and digits. */
  readonly sid: string;
  /** What it is read for, in one sentence, for the person who grants it. */
  readonly because: string;
  /** By command of the SDK, without "Command": what IAM asks for when it is sent. Often more than one, and not always of its name. */
  readonly commands: Readonly<Record<string, readonly IamAction[]>>;
  /** Left out: "*", where a service's figures are no resources of their own. None for a place: the statement is left out. */
  readonly resources?: (place: PolicyPlace) => readonly string[];
}
