/** Which tasks and agents are shown. */

import type { Agent, Task } from './records.ts';
import { stateText, toneOf } from './states.ts';

export interface TaskFilter {
  /** A state of Mesos', `alive`, `failed`, or empty for all. */
  readonly state: string;
  readonly role: string;
  readonly framework: string;
  readonly agent: string;
  readonly text: string;
}

const isInState = (state: string, wanted: string): boolean => {
  switch (wanted) {
    case '':
      return true;
    case 'alive':
      return toneOf(state) !== 'ended' && toneOf(state) !== 'bad';
    case 'failed':
      return toneOf(state) === 'bad';
    default:
      return state === wanted;
  }
};

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/** What can be found in a task by its text, each word of the search anywhere. */
const holds = (task: Task, word: string): boolean =>
  task.id.toLowerCase().includes(word) ||
  task.name.toLowerCase().includes(word) ||
  task.command.toLowerCase().includes(word) ||
  (task.service?.name.toLowerCase().includes(word) ?? false) ||
  Object.entries(task.labels).some(([key, value]) =>
    `${key}=${value}`.toLowerCase().includes(word),
  );

export const tasksOf = (tasks: Iterable<Task>, filter: TaskFilter): Task[] => {
  const searched = words(filter.text);
  const found: Task[] = [];
  for (const task of tasks) {
    if (
      isInState(task.state, filter.state) &&
      (filter.role === '' || task.role === filter.role) &&
      (filter.framework === '' || task.framework === filter.framework) &&
      (filter.agent === '' || task.agent === filter.agent) &&
      searched.every((word) => holds(task, word))
    ) {
      found.push(task);
    }
  }
  return found;
};

export const agentsOf = (agents: Iterable<Agent>, state: string, text: string): Agent[] => {
  const searched = words(text);
  const found: Agent[] = [];
  for (const agent of agents) {
    if (state !== '' && agent.state !== state) continue;
    const attributes = Object.entries(agent.attributes).map(([name, value]) => `${name}=${value}`);
    const all = [agent.id, agent.hostname, agent.version, stateText(agent.state), ...attributes]
      .join(' ')
      .toLowerCase();
    if (searched.every((word) => all.includes(word))) found.push(agent);
  }
  return found;
};
