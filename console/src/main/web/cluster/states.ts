/** The states of tasks, agents and frameworks, in the few groups that an operator tells apart. */

import type { Status, Task } from './records.ts';

/** What a state means for whoever watches. */
export type Tone = 'good' | 'moving' | 'bad' | 'doubt' | 'ended';

const TASK_TONES: Readonly<Record<string, Tone>> = {
  TASK_STAGING: 'moving',
  TASK_STARTING: 'moving',
  TASK_RUNNING: 'good',
  TASK_KILLING: 'moving',
  TASK_FINISHED: 'ended',
  TASK_KILLED: 'ended',
  TASK_FAILED: 'bad',
  TASK_ERROR: 'bad',
  TASK_LOST: 'bad',
  TASK_DROPPED: 'bad',
  TASK_GONE: 'bad',
  TASK_GONE_BY_OPERATOR: 'bad',
  TASK_UNREACHABLE: 'doubt',
  TASK_UNKNOWN: 'doubt',
};

const OTHER_TONES: Readonly<Record<string, Tone>> = {
  active: 'good',
  draining: 'moving',
  drained: 'ended',
  deactivated: 'ended',
  inactive: 'ended',
  disconnected: 'doubt',
  unreachable: 'bad',
};

/** All states of tasks, from birth to end. */
export const TASK_STATES: readonly string[] = Object.keys(TASK_TONES);

export const toneOf = (state: string): Tone => TASK_TONES[state] ?? OTHER_TONES[state] ?? 'doubt';

/** `TASK_GONE_BY_OPERATOR` as `gone by operator`. */
export const stateText = (state: string): string =>
  state
    .replace(/^TASK_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();

/** `REASON_CONTAINER_LIMITATION_MEMORY` as `container limitation memory`. */
export const reasonText = (reason: string): string =>
  reason
    .replace(/^REASON_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();

/** Whether the task can still change. */
export const isAlive = (state: string): boolean => {
  const tone = toneOf(state);
  return tone === 'good' || tone === 'moving' || tone === 'doubt';
};

export const latest = (task: Task): Status | null => task.statuses.at(-1) ?? null;

/** When the task was last heard of; empty if never. */
export const changedAt = (task: Task): string => latest(task)?.at ?? '';

/** How many there are in each state, those with most first. */
export const counts = (records: Iterable<{ readonly state: string }>): [string, number][] => {
  const byState = new Map<string, number>();
  for (const { state } of records) byState.set(state, (byState.get(state) ?? 0) + 1);
  return [...byState].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
};

/** The tasks that failed last, the newest first. */
export const failures = (tasks: Iterable<Task>, most: number): Task[] => {
  const failed: Task[] = [];
  for (const task of tasks) if (toneOf(task.state) === 'bad') failed.push(task);
  return failed.sort((a, b) => compare(changedAt(b), changedAt(a))).slice(0, most);
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
