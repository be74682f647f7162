import { NativeSelect, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { refine, to, useLocation } from '../app/location.ts';
import { agentsOf } from '../cluster/filter.ts';
import type { Agent } from '../cluster/records.ts';
import { amountOf, pairText } from '../cluster/resources.ts';
import { counts, stateText } from '../cluster/states.ts';
import { useCluster } from '../cluster/store.ts';
import { Ago } from '../parts/Ago.tsx';
import { Bar } from '../parts/Bar.tsx';
import { PagedTable } from '../parts/DataTable.tsx';
import { Nothing, WhenKnown } from '../parts/Nothing.tsx';
import { Head } from '../parts/Page.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { type Column, useOrderInAddress } from '../parts/table.ts';
import styles from './Filters.module.css';

const PAGE_SIZE = 50;

const share = (agent: Agent, name: string): number => {
  const total = amountOf(agent.total[name]);
  return total === 0 ? 0 : amountOf(agent.used[name]) / total;
};

const useOf = (name: string, header: string, room: 'wide' | 'widest'): Column<Agent> => ({
  id: name,
  header,
  width: '12rem',
  isFromAbove: true,
  room,
  sort: (agent) => share(agent, name),
  cell: (agent) => {
    const used = amountOf(agent.used[name]);
    const total = amountOf(agent.total[name]);
    return (
      <span className={styles.use}>
        <Bar used={used} total={total} label={`${header} in use`} />
        <span>{pairText(name, used, total)}</span>
      </span>
    );
  },
});

const columnsWith = (tasks: ReadonlyMap<string, number>): Column<Agent>[] => [
  {
    id: 'hostname',
    header: 'Agent',
    sort: (agent) => agent.hostname,
    cell: (agent) => (
      <a href={to(['agents', agent.id])} title={agent.id}>
        {agent.hostname === '' ? agent.id : agent.hostname}
      </a>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: '8rem',
    sort: (agent) => agent.state,
    cell: (agent) => <StateMark state={agent.state} />,
  },
  {
    id: 'tasks',
    header: 'Tasks',
    width: '5rem',
    isNumber: true,
    isFromAbove: true,
    room: 'wide',
    sort: (agent) => tasks.get(agent.id) ?? 0,
    cell: (agent) => (tasks.get(agent.id) ?? 0).toLocaleString('en'),
  },
  useOf('cpus', 'CPUs', 'wide'),
  useOf('mem', 'Memory', 'wide'),
  useOf('disk', 'Disk', 'widest'),
  {
    id: 'version',
    header: 'Version',
    width: '7rem',
    room: 'widest',
    sort: (agent) => agent.version,
    cell: (agent) => agent.version,
  },
  {
    id: 'registered',
    header: 'Registered',
    isFromAbove: true,
    width: '7rem',
    room: 'wide',
    sort: (agent) => agent.registeredAt,
    cell: (agent) => <Ago at={agent.registeredAt} />,
  },
];

export function AgentsPage() {
  return (
    <>
      <Head title="Agents" />
      <WhenKnown>
        <Agents />
      </WhenKnown>
    </>
  );
}

function Agents() {
  const { agents, tasks } = useCluster();
  const { query } = useLocation();
  const { state = '', text = '', page = '1' } = query;
  const order = useOrderInAddress('hostname');
  const states = useMemo(() => counts(agents.values()), [agents]);
  const shown = useMemo(() => agentsOf(agents.values(), state, text), [agents, state, text]);
  const columns = useMemo(() => {
    const perAgent = new Map<string, number>();
    for (const task of tasks.values()) {
      perAgent.set(task.agent, (perAgent.get(task.agent) ?? 0) + 1);
    }
    return columnsWith(perAgent);
  }, [tasks]);

  if (agents.size === 0) {
    return (
      <Nothing title="No agents">
        None has joined yet, or you may not see any. Agents appear here by themselves.
      </Nothing>
    );
  }
  return (
    <>
      <div className={styles.filters} role="search">
        <TextInput
          aria-label="Search agents"
          placeholder="Host name, id, attribute…"
          className={styles.search ?? ''}
          value={text}
          onChange={(event) => refine({ text: event.currentTarget.value, page: '' })}
        />
        <NativeSelect
          aria-label="State"
          value={state}
          onChange={(event) => refine({ state: event.currentTarget.value, page: '' })}
          data={[
            { value: '', label: 'Any state' },
            ...states.map(([each, count]) => ({
              value: each,
              label: `${stateText(each)} (${count})`,
            })),
          ]}
        />
        <span className={styles.found} aria-live="polite">
          {shown.length.toLocaleString('en')} of {agents.size.toLocaleString('en')}
        </span>
      </div>
      <PagedTable
        label="Agents"
        columns={columns}
        records={shown}
        idOf={(agent) => agent.id}
        order={order}
        empty="No agent is like that."
        page={Number(page) || 1}
        pageSize={PAGE_SIZE}
        turn={(next) => refine({ page: next === 1 ? '' : String(next) })}
      />
    </>
  );
}
