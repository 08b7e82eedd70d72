import { fingerprint } from '../../../kernel/fingerprint.ts';
import { allowedBy } from './session-policy.ts';
import { TrustedRole, trusts } from './trusted-role.ts';

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  /** Whether an IAM action is allowed; undefined: all are. */
  readonly mayDo: ((action: string) => boolean) | undefined;
}

interface Wish {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  /** What the session policy allows; undefined: there is none. */
  readonly policyActions: ReadonlySet<string> | undefined;
}

/** Temporary credentials handed out by AssumeRole, known again by their access key id. */
export class Sessions {
  readonly #roles: TrustedRole[] = [];
  readonly #sessions = new Map<string, Session>();

  constructor(roles: readonly TrustedRole[]) {
    for (const role of roles) this.trust(role);
  }

  /** A role of the same name is replaced. Throws ZodError for what is no role. */
  trust(role: TrustedRole): void {
    const read = TrustedRole.parse(role);
    const at = this.#roles.findIndex((known) => known.roleArn === read.roleArn);
    this.#roles.splice(at < 0 ? this.#roles.length : at, 1, read);
  }

  of(accessKeyId: string): Session | undefined {
    return this.#sessions.get(accessKeyId);
  }

  /** How many were ever handed out. */
  get issued(): number {
    return this.#sessions.size;
  }

  /** undefined: the trust policy does not allow it. */
  assume({ roleArn, sessionName, externalId, policyActions }: Wish): Session | undefined {
    const role = this.#roles.find((known) => known.roleArn === roleArn && trusts(known, externalId));
    const [, accountId, name] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
    if (!role || accountId === undefined || name === undefined) return undefined;
    const id = fingerprint('sandbox session', roleArn, sessionName, String(this.#sessions.size)).toUpperCase();
    const session: Session = {
      accessKeyId: `ASIA${id.slice(0, 16)}`,
      secretAccessKey: fingerprint('sandbox secret', id),
      sessionToken: Buffer.from(`sandbox-session-${id}`).toString('base64'),
      accountId,
      arn: `arn:aws:sts::${accountId}:assumed-role/${name}/${sessionName}`,
      userId: `AROA${fingerprint('sandbox role', roleArn).toUpperCase().slice(0, 17)}:${sessionName}`,
      mayDo: both(role.actions && allowedBy(role.actions), policyActions && allowedBy(policyActions)),
    };
    this.#sessions.set(session.accessKeyId, session);
    return session;
  }
}

type Allows = Session['mayDo'];

function both(ofRole: Allows, ofPolicy: Allows): Allows {
  return ofRole && ofPolicy ? (action) => ofRole(action) && ofPolicy(action) : (ofRole ?? ofPolicy);
}
