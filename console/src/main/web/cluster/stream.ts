/**
 * Keeps a connection to the master's event stream, and brings another whenever one ends.
 *
 * It reads the stream by itself, since a browser's `EventSource` gives up for good at the first
 * answer that is not 200, such as the 503 while the masters elect a leader; does not say what that
 * answer was; never notices a connection that has gone silent; and cannot resume with an id after
 * any of these.
 */

import { Refused, accepted, problemFrom } from '../api/http.ts';
import type { ClusterEvent } from './cluster.ts';
import { Malformed, eventOf } from './decode.ts';
import { type StreamState, initial } from './freshness.ts';
import { MessageCutter } from './sse.ts';

const PATH = '/api/meseta/v1/events';

/** The master speaks every 2 s. Who has been silent for so long is not there. */
const SILENCE_MAX_MS = 10_000;

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 10_000;

/** How long to wait before try number `tries`, spread so that many consoles do not come at once. */
export const delayBefore = (tries: number, random: number): number =>
  Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(tries, 10)) * (0.75 + random / 2);

export interface Listener {
  readonly happened: (events: readonly ClusterEvent[]) => void;
  readonly changed: (state: StreamState) => void;
  /** Whoever answered does not know who this is; whether the gateway still does is to be asked. */
  readonly refused: () => void;
}

export class ClusterStream {
  private readonly listener: Listener;
  private readonly stopping = new AbortController();
  private state: StreamState = initial;
  private lastId = '';
  private tries = 0;
  private wake: () => void = () => undefined;

  constructor(listener: Listener) {
    this.listener = listener;
  }

  /** Listens until stopped. */
  async run(): Promise<void> {
    const signal = this.stopping.signal;
    while (!signal.aborted) {
      this.change({ phase: 'connecting', retryAt: null });
      const trouble = await this.listen();
      if (signal.aborted) return;
      const delay = delayBefore(this.tries++, Math.random());
      this.change({ phase: 'waiting', retryAt: Date.now() + delay, trouble });
      await this.pause(delay);
    }
  }

  stop(): void {
    this.stopping.abort();
    this.wake();
  }

  /** Tries at once, if it was waiting. */
  hurry(): void {
    this.wake();
  }

  private change(change: Partial<StreamState>): void {
    this.state = { ...this.state, ...change };
    if (!this.stopping.signal.aborted) this.listener.changed(this.state);
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One connection, from its beginning to its end: why it ended. */
  private async listen(): Promise<string> {
    const silence = new AbortController();
    const onStop = (): void => silence.abort();
    this.stopping.signal.addEventListener('abort', onStop);
    let timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
    const heard = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
    };
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' };
      if (this.lastId !== '') headers['Last-Event-ID'] = this.lastId;
      const response = await accepted(
        await fetch(PATH, { headers, cache: 'no-store', signal: silence.signal }),
      );
      if (response.body === null) return 'The answer has no body.';
      this.change({ phase: 'open', trouble: null });
      return await this.readAll(response.body, heard);
    } catch (thrown) {
      return this.troubleFrom(thrown, silence.signal.aborted);
    } finally {
      clearTimeout(timer);
      this.stopping.signal.removeEventListener('abort', onStop);
      silence.abort();
    }
  }

  private async readAll(body: ReadableStream<Uint8Array>, heard: () => void): Promise<string> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const cutter = new MessageCutter(this.lastId);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'The connection was closed.';
      heard();
      const reason = this.take(cutter, decoder.decode(value, { stream: true }));
      if (reason !== null) return reason;
    }
  }

  /** Passes on what `text` completes; says why the master ends the stream, if it does. */
  private take(cutter: MessageCutter, text: string): string | null {
    const events: ClusterEvent[] = [];
    let reason: string | null = null;
    let lastId = this.lastId;
    for (const message of cutter.push(text)) {
      const event = eventOf(message.type, message.data);
      lastId = message.lastId;
      if (event === null) continue;
      events.push(event);
      if (event.type === 'end') reason = `The master ended the stream: ${event.reason}`;
    }
    if (events.length > 0) {
      // Only now: an event that could not be read is asked for again, as part of a snapshot.
      this.lastId = lastId;
      this.tries = 0;
      this.change({ lastAt: Date.now() });
      if (!this.stopping.signal.aborted) this.listener.happened(events);
    }
    return reason;
  }

  private troubleFrom(thrown: unknown, isSilent: boolean): string {
    if (thrown instanceof Refused && thrown.problem.status === 401) {
      if (!this.stopping.signal.aborted) this.listener.refused();
    }
    if (isSilent) return 'The master has fallen silent.';
    if (thrown instanceof Malformed) {
      this.lastId = '';
      return `The master's events cannot be read: ${thrown.message}.`;
    }
    const { title, detail } = problemFrom(thrown);
    return detail === '' ? `${title}.` : detail;
  }
}
