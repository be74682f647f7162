/** What the overview's chart shows: how the cluster was since this page was opened. */

import type { Cluster } from './cluster.ts';
import { shares } from './resources.ts';
import { toneOf } from './states.ts';

export interface Sample {
  /** Seconds since 1970. */
  readonly at: number;
  /** Used of all there is, from 0 to 1. */
  readonly cpus: number;
  readonly mem: number;
  readonly running: number;
}

const SAMPLES_MAX = 720;

/** As often as the chart gets another point. */
export const SAMPLE_MS = 5_000;

const ratio = (used: number, total: number): number => (total === 0 ? 0 : used / total);

export const sampleOf = (cluster: Cluster, now: number): Sample => {
  const byName = new Map(shares(cluster.agents.values()).map((share) => [share.name, share]));
  const of = (name: string): number => {
    const share = byName.get(name);
    return share === undefined ? 0 : ratio(share.used, share.total);
  };
  let running = 0;
  for (const task of cluster.tasks.values()) if (toneOf(task.state) === 'good') running++;
  return { at: Math.floor(now / 1000), cpus: of('cpus'), mem: of('mem'), running };
};

/** The history with one more sample, without the oldest beyond an hour. */
export const sampled = (history: readonly Sample[], sample: Sample): readonly Sample[] => {
  const newest = history.at(-1);
  // A clock that was set back would draw a line that runs backwards.
  if (newest !== undefined && sample.at <= newest.at) return history;
  return [...history.slice(-(SAMPLES_MAX - 1)), sample];
};
