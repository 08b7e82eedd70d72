import { fingerprint } from '../../../kernel/fingerprint.ts';

/** A role that may be assumed, and the external id that its trust policy demands. */
export interface TrustedRole {
  readonly roleArn: string;
  readonly externalId: string;
}

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
}

/** Temporary credentials handed out by AssumeRole, known again by their access key id. */
export class Sessions {
  readonly #roles: readonly TrustedRole[];
  readonly #sessions = new Map<string, Session>();

  constructor(roles: readonly TrustedRole[]) {
    this.#roles = roles;
  }

  of(accessKeyId: string): Session | undefined {
    return this.#sessions.get(accessKeyId);
  }

  /** undefined: the trust policy does not allow it. */
  assume(roleArn: string, sessionName: string, externalId: string | undefined): Session | undefined {
    const role = this.#roles.find((known) => known.roleArn === roleArn && known.externalId === externalId);
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
    };
    this.#sessions.set(session.accessKeyId, session);
    return session;
  }
}
