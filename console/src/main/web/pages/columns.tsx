/** Columns that several pages' tables share. */

import { to } from '../app/location.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Framework, Task } from '../cluster/records.ts';
import { amountText } from '../cluster/resources.ts';
import { TASK_STATES, changedAt, latest, reasonText } from '../cluster/states.ts';
import { Ago } from '../parts/Ago.tsx';
import { ShortState, StateMark } from '../parts/StateMark.tsx';
import type { Column } from '../parts/table.ts';

export const frameworkName = (frameworks: Cluster['frameworks'], id: string): string => {
  const name = frameworks.get(id)?.name ?? '';
  return name === '' ? id : name;
};

export const agentName = (agents: Cluster['agents'], id: string): string => {
  const name = agents.get(id)?.hostname ?? '';
  return name === '' ? id : name;
};

export const taskLink = (task: Task) => (
  <a href={to(['tasks', task.framework, task.id])} title={task.id}>
    {task.name === '' ? task.id : task.name}
  </a>
);

const rankOfState = new Map(TASK_STATES.map((state, index) => [state, index]));

const amount = (task: Task, name: string): number => {
  const value = task.resources[name];
  return typeof value === 'number' ? value : 0;
};

const amountColumn = (name: string, header: string, width: string): Column<Task> => ({
  id: name,
  header,
  width,
  isNumber: true,
  isFromAbove: true,
  room: 'wide',
  sort: (task) => amount(task, name),
  cell: (task) => amountText(name, amount(task, name)),
});

const name: Column<Task> = {
  id: 'name',
  header: 'Task',
  sort: (task) => (task.name === '' ? task.id : task.name),
  cell: taskLink,
};

const id: Column<Task> = {
  id: 'id',
  header: 'Id',
  room: 'widest',
  sort: (task) => task.id,
  cell: (task) => <span title={task.id}>{task.id}</span>,
};

const state: Column<Task> = {
  id: 'state',
  header: 'State',
  width: '8.5rem',
  sort: (task) => rankOfState.get(task.state) ?? TASK_STATES.length,
  cell: (task) => <ShortState state={task.state} healthy={task.healthy} />,
};

const changed: Column<Task> = {
  id: 'changed',
  header: 'Changed',
  isFromAbove: true,
  width: '6.5rem',
  sort: changedAt,
  cell: (task) => <Ago at={changedAt(task)} />,
};

const role: Column<Task> = {
  id: 'role',
  header: 'Role',
  width: '8.5rem',
  room: 'wide',
  sort: (task) => task.role,
  cell: (task) => task.role,
};

const framework = (frameworks: Cluster['frameworks']): Column<Task> => ({
  id: 'framework',
  header: 'Framework',
  width: '9rem',
  room: 'wide',
  sort: (task) => frameworkName(frameworks, task.framework),
  cell: (task) => (
    <a href={to(['frameworks', task.framework])}>{frameworkName(frameworks, task.framework)}</a>
  ),
});

const agent = (agents: Cluster['agents']): Column<Task> => ({
  id: 'agent',
  header: 'Agent',
  width: '11rem',
  room: 'wide',
  sort: (task) => agentName(agents, task.agent),
  cell: (task) => (
    <a href={to(['agents', task.agent])} title={agentName(agents, task.agent)}>
      {agentName(agents, task.agent)}
    </a>
  ),
});

const reason: Column<Task> = {
  id: 'reason',
  header: 'Why',
  cell: (task) => {
    const status = latest(task);
    if (status === null) return '–';
    const text = [reasonText(status.reason), status.message].filter((part) => part !== '');
    return <span title={status.message}>{text.join(': ') || '–'}</span>;
  },
};

type Named = Pick<Cluster, 'agents' | 'frameworks'>;

export const taskColumns = ({ agents, frameworks }: Named): Column<Task>[] => [
  name,
  id,
  state,
  role,
  framework(frameworks),
  agent(agents),
  amountColumn('cpus', 'CPUs', '4rem'),
  amountColumn('mem', 'Memory', '5.5rem'),
  changed,
];

export const tasksOnAgentColumns = ({ frameworks }: Named): Column<Task>[] => [
  name,
  state,
  role,
  framework(frameworks),
  amountColumn('cpus', 'CPUs', '4rem'),
  amountColumn('mem', 'Memory', '5.5rem'),
  changed,
];

export const tasksOfFrameworkColumns = ({ agents }: Named): Column<Task>[] => [
  name,
  state,
  role,
  agent(agents),
  amountColumn('cpus', 'CPUs', '4rem'),
  amountColumn('mem', 'Memory', '5.5rem'),
  changed,
];

export const failureColumns = ({ agents, frameworks }: Named): Column<Task>[] => [
  { ...name, width: '11rem' },
  state,
  reason,
  { ...framework(frameworks), room: 'widest' },
  agent(agents),
  changed,
];

export const frameworkColumns: Column<Framework>[] = [
  {
    id: 'name',
    header: 'Framework',
    sort: (each) => each.name,
    cell: (each) => (
      <a href={to(['frameworks', each.id])}>{each.name === '' ? each.id : each.name}</a>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: '9.5rem',
    sort: (each) => each.state,
    cell: (each) => <StateMark state={each.state} />,
  },
  {
    id: 'tasks',
    header: 'Tasks',
    width: '6rem',
    isNumber: true,
    isFromAbove: true,
    sort: (each) => each.tasks,
    cell: (each) => each.tasks.toLocaleString('en'),
  },
  {
    id: 'roles',
    header: 'Roles',
    room: 'wide',
    sort: (each) => each.roles.join(', '),
    cell: (each) => <span title={each.roles.join(', ')}>{each.roles.join(', ')}</span>,
  },
  {
    id: 'principal',
    header: 'Principal',
    room: 'wide',
    sort: (each) => each.principal,
    cell: (each) => each.principal || '–',
  },
  {
    id: 'user',
    header: 'User',
    width: '7rem',
    room: 'wide',
    sort: (each) => each.user,
    cell: (each) => each.user || '–',
  },
  {
    id: 'registered',
    header: 'Registered',
    isFromAbove: true,
    width: '7rem',
    sort: (each) => each.registeredAt,
    cell: (each) => <Ago at={each.registeredAt} />,
  },
];
