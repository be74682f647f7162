/**
 * Where in the console one is: `#/tasks/F/T?state=failed`.
 *
 * In the fragment, since paths such as `/agents/…` and `/services/…` are the gateway's own, and since
 * then any server of files will do, below whatever path.
 */

import { useSyncExternalStore } from 'react';

export interface Location {
  /** The path's parts, decoded. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

export const parse = (hash: string): Location => {
  const text = hash.replace(/^#?\/?/, '');
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  const query = mark < 0 ? '' : text.slice(mark + 1);
  return {
    path: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
};

/** The fragment that leads there; empty values of the query are left out. */
export const to = (
  path: readonly string[],
  query: Readonly<Record<string, string>> = {},
): string => {
  const used = Object.entries(query).filter(([, value]) => value !== '');
  const search = used.length === 0 ? '' : `?${new URLSearchParams(used)}`;
  return `#/${path.map(encodeURIComponent).join('/')}${search}`;
};

const subscribe = (reader: () => void): (() => void) => {
  window.addEventListener('hashchange', reader);
  return () => window.removeEventListener('hashchange', reader);
};

let seen: { readonly hash: string; readonly location: Location } | null = null;

const current = (): Location => {
  const hash = window.location.hash;
  if (seen?.hash !== hash) seen = { hash, location: parse(hash) };
  return seen.location;
};

export const useLocation = (): Location => useSyncExternalStore(subscribe, current);

/** Changes the query where one is, without a step in the browser's history for every letter. */
export const refine = (changes: Readonly<Record<string, string>>): void => {
  const { path, query } = current();
  window.history.replaceState(null, '', to(path, { ...query, ...changes }));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
};
