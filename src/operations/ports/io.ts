/**
 * Every await that touches the outside goes through `io(name, fn)`, so that a test can count the points and kill the process before,
 * during and after each one. In the product it only calls `fn`.
 */
export type Io = <T>(name: string, fn: () => Promise<T>) => Promise<T>;

export const plainIo: Io = (_name, fn) => fn();
