/** How far the shown cluster can be believed. */

/** What is known of the connection to the master's stream. */
export interface StreamState {
  /** `waiting` is between two tries. */
  readonly phase: 'connecting' | 'open' | 'waiting';
  /** When anything last came, in the browser's milliseconds; `null` if nothing ever did. */
  readonly lastAt: number | null;
  /** When the next try is due, while waiting. */
  readonly retryAt: number | null;
  /** Why there is no connection, in a sentence. */
  readonly trouble: string | null;
}

export const initial: StreamState = {
  phase: 'connecting',
  lastAt: null,
  retryAt: null,
  trouble: null,
};

export type Freshness =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'stale'; readonly seconds: number }
  | { readonly kind: 'disconnected'; readonly seconds: number | null; readonly retryIn: number };

/** The master says something at least every 2 s; what is older than two of those is stale. */
const STALE_AFTER_MS = 5_000;

/** A new connection is made without a word as long as the last one is not further back. */
const UNNOTICED_MS = 2_500;

const seconds = (milliseconds: number): number => Math.max(0, Math.floor(milliseconds / 1000));

export const freshness = (stream: StreamState, now: number): Freshness => {
  const age = stream.lastAt === null ? null : now - stream.lastAt;
  if (stream.phase === 'open') {
    // Open and nothing yet: as good as connecting.
    if (age === null) return { kind: 'connecting' };
    return age < STALE_AFTER_MS ? { kind: 'live' } : { kind: 'stale', seconds: seconds(age) };
  }
  if (stream.trouble === null && age === null) return { kind: 'connecting' };
  if (age !== null && age < UNNOTICED_MS) return { kind: 'live' };
  return {
    kind: 'disconnected',
    seconds: age === null ? null : seconds(age),
    retryIn: stream.retryAt === null ? 0 : Math.ceil(Math.max(0, stream.retryAt - now) / 1000),
  };
};
