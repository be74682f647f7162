/** The one place where the page keeps the cluster, filled by the stream, read by the pages. */

import { useSyncExternalStore } from 'react';
import { type Cluster, type ClusterEvent, after, unknown } from './cluster.ts';
import { type StreamState, initial } from './freshness.ts';
import { SAMPLE_MS, type Sample, sampleOf, sampled } from './history.ts';
import { ClusterStream } from './stream.ts';

/** Faster changes are drawn together: nobody reads more often, and tables are sorted each time. */
const DRAW_MS = 200;

class Cell<T> {
  private readonly readers = new Set<() => void>();
  private value: T;

  constructor(value: T) {
    this.value = value;
  }

  readonly get = (): T => this.value;

  readonly subscribe = (reader: () => void): (() => void) => {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  };

  set(value: T): void {
    if (value === this.value) return;
    this.value = value;
    for (const reader of this.readers) reader();
  }
}

const cluster = new Cell<Cluster>(unknown);
const stream = new Cell<StreamState>(initial);
const history = new Cell<readonly Sample[]>([]);

let queued: ClusterEvent[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;
let current: ClusterStream | null = null;

const draw = (): void => {
  timer = null;
  const events = queued;
  queued = [];
  cluster.set(after(cluster.get(), events));
};

const happened = (events: readonly ClusterEvent[]): void => {
  queued.push(...events);
  // The first snapshot is what people wait for.
  if (!cluster.get().known) {
    draw();
    sample();
  } else timer ??= setTimeout(draw, DRAW_MS);
};

const sample = (): void => {
  const known = cluster.get();
  if (known.known && stream.get().phase === 'open') {
    history.set(sampled(history.get(), sampleOf(known, Date.now())));
  }
};

/** Begins to follow the cluster; gives what ends it and forgets what was seen. */
export const follow = (refused: () => void): (() => void) => {
  const own = new ClusterStream({ happened, changed: (state) => stream.set(state), refused });
  const hurry = (): void => own.hurry();
  const sampler = setInterval(sample, SAMPLE_MS);
  window.addEventListener('online', hurry);
  current = own;
  void own.run();
  return () => {
    own.stop();
    window.removeEventListener('online', hurry);
    clearInterval(sampler);
    if (timer !== null) clearTimeout(timer);
    timer = null;
    queued = [];
    current = null;
    cluster.set(unknown);
    stream.set(initial);
    history.set([]);
  };
};

/** Tries to connect at once. */
export const hurry = (): void => current?.hurry();

export const useCluster = (): Cluster => useSyncExternalStore(cluster.subscribe, cluster.get);

export const useStream = (): StreamState => useSyncExternalStore(stream.subscribe, stream.get);

export const useHistory = (): readonly Sample[] =>
  useSyncExternalStore(history.subscribe, history.get);
