import { useMemo } from 'react';
import { to } from '../app/location.ts';
import { type Agent, type Task, keyOf } from '../cluster/records.ts';
import { amountOf, amountText, byRank, label, valueText } from '../cluster/resources.ts';
import { useCluster } from '../cluster/store.ts';
import { Moment } from '../parts/Ago.tsx';
import { Bar } from '../parts/Bar.tsx';
import { LongTable } from '../parts/DataTable.tsx';
import { Nothing, WhenKnown } from '../parts/Nothing.tsx';
import { Facts, Head, Panel, Plain, Up } from '../parts/Page.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { useOrder } from '../parts/table.ts';
import { tasksOnAgentColumns } from './columns.tsx';
import styles from './Detail.module.css';

export function AgentPage({ id }: { id: string }) {
  return (
    <>
      <Up href={to(['agents'])}>Agents</Up>
      <WhenKnown>
        <Known id={id} />
      </WhenKnown>
    </>
  );
}

function Known({ id }: { id: string }) {
  const agent = useCluster().agents.get(id);
  if (agent === undefined) {
    return <Nothing title="No such agent">It has been removed, or you may not see it.</Nothing>;
  }
  return (
    <>
      <Head title={agent.hostname === '' ? agent.id : agent.hostname}>
        <StateMark state={agent.state} />
      </Head>
      <div className={styles.stack}>
        <div className={styles.columns}>
          <Panel title="Agent">
            <Facts
              facts={[
                ['Id', <code>{agent.id}</code>],
                ['Address', agent.url],
                ['Version', agent.version],
                ['Registered', <Moment at={agent.registeredAt} />],
              ]}
            />
          </Panel>
          <Panel title="Attributes">
            <Facts
              facts={Object.entries(agent.attributes).sort(([a], [b]) => a.localeCompare(b))}
            />
            {Object.keys(agent.attributes).length === 0 && <p className={styles.none}>None</p>}
          </Panel>
        </div>
        <Resources agent={agent} />
        <Tasks agent={agent} />
      </div>
    </>
  );
}

function Resources({ agent }: { agent: Agent }) {
  const names = [...new Set([...Object.keys(agent.total), ...Object.keys(agent.used)])].sort(
    byRank,
  );
  return (
    <Panel title="Resources">
      <Plain>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            <th scope="col">In use</th>
            <th scope="col">In all</th>
            <th scope="col" className={styles.bar}>
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const used = amountOf(agent.used[name]);
            const total = amountOf(agent.total[name]);
            return (
              <tr key={name}>
                <th scope="row">{label(name)}</th>
                <td>{amountText(name, used)}</td>
                <td>
                  {valueText(name, agent.total[name] ?? 0)}
                  {typeof agent.total[name] === 'string' && ` (${amountText(name, total)})`}
                </td>
                <td className={styles.bar}>
                  <Bar used={used} total={total} label={`${label(name)} in use`} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </Plain>
    </Panel>
  );
}

function Tasks({ agent }: { agent: Agent }) {
  const { agents, frameworks, tasks } = useCluster();
  const order = useOrder('state');
  const columns = useMemo(() => tasksOnAgentColumns({ agents, frameworks }), [agents, frameworks]);
  const own = useMemo(() => {
    const found: Task[] = [];
    for (const task of tasks.values()) if (task.agent === agent.id) found.push(task);
    return found;
  }, [agent.id, tasks]);
  return (
    <Panel
      title={`Tasks (${own.length.toLocaleString('en')})`}
      aside={<a href={to(['tasks'], { agent: agent.id })}>Search them</a>}
    >
      <LongTable
        label="Tasks"
        columns={columns}
        records={own}
        idOf={keyOf}
        order={order}
        empty="No task has run here that the master remembers."
      />
    </Panel>
  );
}
