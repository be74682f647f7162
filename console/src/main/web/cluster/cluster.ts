/** The cluster as the stream tells it: one value, and one function that leads from it to the next. */

import { type Agent, type Framework, type Task, keyOf } from './records.ts';

export interface Gone {
  readonly agents: readonly string[];
  readonly frameworks: readonly string[];
  readonly tasks: readonly { readonly framework: string; readonly id: string }[];
}

export interface Records {
  readonly type: 'snapshot' | 'change';
  readonly time: string;
  readonly agents: readonly Agent[];
  readonly frameworks: readonly Framework[];
  readonly tasks: readonly Task[];
  readonly gone: Gone;
}

export type ClusterEvent =
  | Records
  | { readonly type: 'beat'; readonly time: string }
  | { readonly type: 'end'; readonly reason: string };

export interface Cluster {
  /** Whether a snapshot has come; before, that a map is empty says nothing. */
  readonly known: boolean;
  /** The master's time up to which this is true. */
  readonly time: string;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly frameworks: ReadonlyMap<string, Framework>;
  /** By `keyOf`. */
  readonly tasks: ReadonlyMap<string, Task>;
}

export const unknown: Cluster = {
  known: false,
  time: '',
  agents: new Map(),
  frameworks: new Map(),
  tasks: new Map(),
};

/** A map that is copied once, at its first change. */
class Draft<V> {
  private current: ReadonlyMap<string, V>;
  private own: Map<string, V> | null = null;

  constructor(original: ReadonlyMap<string, V>) {
    this.current = original;
  }

  set(key: string, value: V): void {
    this.writable().set(key, value);
  }

  delete(key: string): void {
    if (this.current.has(key)) this.writable().delete(key);
  }

  replace(entries: Iterable<readonly [string, V]>): void {
    this.own = new Map(entries);
    this.current = this.own;
  }

  map(): ReadonlyMap<string, V> {
    return this.current;
  }

  private writable(): Map<string, V> {
    if (this.own === null) {
      this.own = new Map(this.current);
      this.current = this.own;
    }
    return this.own;
  }
}

const byId = <T extends { readonly id: string }>(records: readonly T[]): [string, T][] =>
  records.map((record) => [record.id, record]);

/**
 * The cluster once `events` have happened, in their order.
 *
 * Maps that no event touches stay the very same, so that who depends on them can tell by identity.
 * A change before any snapshot is passed over: it would be a part that looks like the whole.
 */
export const after = (cluster: Cluster, events: readonly ClusterEvent[]): Cluster => {
  const agents = new Draft(cluster.agents);
  const frameworks = new Draft(cluster.frameworks);
  const tasks = new Draft(cluster.tasks);
  let known = cluster.known;
  let time = cluster.time;
  for (const event of events) {
    switch (event.type) {
      case 'snapshot':
        known = true;
        time = event.time;
        agents.replace(byId(event.agents));
        frameworks.replace(byId(event.frameworks));
        tasks.replace(event.tasks.map((task) => [keyOf(task), task]));
        break;
      case 'change':
        if (!known) break;
        time = event.time;
        // What is gone first: a record in the same event is newer than its own end.
        event.gone.agents.forEach((id) => agents.delete(id));
        event.gone.frameworks.forEach((id) => frameworks.delete(id));
        event.gone.tasks.forEach((task) => tasks.delete(keyOf(task)));
        event.agents.forEach((agent) => agents.set(agent.id, agent));
        event.frameworks.forEach((framework) => frameworks.set(framework.id, framework));
        event.tasks.forEach((task) => tasks.set(keyOf(task), task));
        break;
      case 'beat':
        if (known) time = event.time;
        break;
      case 'end':
        break;
    }
  }
  return {
    known,
    time,
    agents: agents.map(),
    frameworks: frameworks.map(),
    tasks: tasks.map(),
  };
};
