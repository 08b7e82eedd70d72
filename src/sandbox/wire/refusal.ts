/** An answer in AWS's own error shape: `code` becomes `__type`, `status` the HTTP status. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
  }
}

export function invalid(message: string): Refusal {
  return new Refusal('ValidationException', message);
}
