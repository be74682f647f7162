import { useCallback, useEffect, useRef, useState } from 'react';
import { PIECE_BYTES, read, sizeOf } from '../api/files.ts';
import { type Problem, Refused, problemFrom } from '../api/http.ts';
import { type Tail, extended, isReplaced, preceded, tailOf, wanted } from '../api/tail.ts';

const POLL_MS = 1_000;
const POLL_AFTER_TROUBLE_MS = 2_000;

/** So much is fetched in one go before the page is drawn again. */
const PIECES_MAX = 4;

export interface Followed {
  readonly tail: Tail | null;
  /** Whether there is such a file; `null` while nobody knows. */
  readonly exists: boolean | null;
  readonly problem: Problem | null;
}

const NOTHING: Followed = { tail: null, exists: null, problem: null };

/** Brings `tail` up to the file's end as it is now. */
const advanced = async (
  tail: Tail | null,
  agent: string,
  path: string,
  signal: AbortSignal,
): Promise<Tail> => {
  const size = await sizeOf(agent, path, signal);
  let grown = tail === null || isReplaced(tail, size) ? tailOf(size) : tail;
  for (let pieces = 0; pieces < PIECES_MAX; pieces++) {
    const length = wanted(grown, size);
    if (length === 0) break;
    grown = extended(grown, await read(agent, path, grown.next, length, signal), length);
  }
  return grown;
};

/** Follows a file on an agent for as long as `isFollowing`; `earlier` fetches what lies before. */
export const useTail = (
  agent: string,
  path: string,
  isFollowing: boolean,
): Followed & { readonly earlier: () => Promise<void> } => {
  const [followed, setFollowed] = useState(NOTHING);
  const tail = useRef<Tail | null>(null);
  const file = useRef('');

  useEffect(() => {
    const name = `${agent} ${path}`;
    if (file.current !== name) {
      file.current = name;
      tail.current = null;
      setFollowed(NOTHING);
    } else if (!isFollowing && tail.current !== null) {
      return undefined;
    }
    const stopping = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const poll = async (): Promise<void> => {
      let pause = POLL_MS;
      try {
        const before = tail.current;
        const grown = await advanced(before, agent, path, stopping.signal);
        if (stopping.signal.aborted) return;
        // Whoever asked for what lies before meanwhile would lose it: try again in a moment.
        if (tail.current === before) {
          tail.current = grown;
          setFollowed({ tail: grown, exists: true, problem: null });
        }
      } catch (thrown) {
        if (stopping.signal.aborted) return;
        pause = POLL_AFTER_TROUBLE_MS;
        const isAbsent = thrown instanceof Refused && thrown.problem.status === 404;
        setFollowed((known) => ({
          tail: known.tail,
          exists: isAbsent ? false : known.exists,
          problem: isAbsent ? null : problemFrom(thrown),
        }));
      }
      if (isFollowing) timer = setTimeout(() => void poll(), pause);
    };
    void poll();
    return () => {
      stopping.abort();
      clearTimeout(timer);
    };
  }, [agent, path, isFollowing]);

  const earlier = useCallback(async (): Promise<void> => {
    const known = tail.current;
    if (known === null || known.from === 0) return;
    const from = Math.max(0, known.from - PIECE_BYTES);
    try {
      const signal = new AbortController().signal;
      const text = await read(agent, path, from, known.from - from, signal);
      if (tail.current === null) return;
      tail.current = preceded(tail.current, text, from);
      setFollowed({ tail: tail.current, exists: true, problem: null });
    } catch (thrown) {
      setFollowed((held) => ({ ...held, problem: problemFrom(thrown) }));
    }
  }, [agent, path]);

  return { ...followed, earlier };
};
