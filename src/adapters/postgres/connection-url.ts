import pg from 'pg';

/** As the driver reads it, its defaults included. */
export function urlOf(url: string): { readonly user: string | null; readonly database: string } {
  const { user, database } = new pg.Client({ connectionString: url });
  return { user: user ?? null, database: database ?? user ?? 'postgres' };
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** The same server and database under another login. */
export function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url);
  // A URL without a host (a socket folder in the query) cannot hold a login in front of it.
  if (changed.hostname === '') {
    changed.searchParams.set('user', user);
    changed.searchParams.set('password', password);
    return changed.href;
  }
  changed.username = encodeURIComponent(user);
  changed.password = encodeURIComponent(password);
  return changed.href;
}
