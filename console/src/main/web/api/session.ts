/** Who is signed in, by the gateway's cookie. */

import { Refused, get, post, remove } from './http.ts';

const PATH = '/api/gateway/v1/session';

export interface Session {
  readonly name: string;
  readonly groups: readonly string[];
  /** Whether the cluster asks nobody who they are. */
  readonly open: boolean;
}

/** The session, or `null` if nobody is signed in. */
export const session = async (signal?: AbortSignal): Promise<Session | null> => {
  try {
    const json = (await get(PATH, signal)) as {
      readonly name?: unknown;
      readonly groups?: unknown;
      readonly open?: unknown;
    };
    return {
      name: typeof json.name === 'string' ? json.name : '',
      groups: Array.isArray(json.groups) ? json.groups.map(String) : [],
      open: json.open === true,
    };
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.problem.status === 401) return null;
    throw thrown;
  }
};

export const signIn = (name: string, password: string): Promise<void> =>
  post(PATH, { name, password });

export const signOut = (): Promise<void> => remove(PATH);
