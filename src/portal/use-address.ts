import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** One part of the page's state, kept in the address: it can be sent to somebody, and Back works. */
export function useAddress(name: string, fallback: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => new URLSearchParams(window.location.search).get(name) ?? fallback);
  const set = useCallback(
    (next: string) => {
      const address = new URL(window.location.href);
      if (next === fallback) address.searchParams.delete(name);
      else address.searchParams.set(name, next);
      if (address.href === window.location.href) return;
      window.history.pushState(null, '', address);
      for (const listener of listeners) listener();
    },
    [name, fallback],
  );
  return [value, set];
}
