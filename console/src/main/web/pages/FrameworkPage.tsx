import { useMemo } from 'react';
import { to } from '../app/location.ts';
import { type Framework, type Task, keyOf } from '../cluster/records.ts';
import { amountOf, amountText, byRank, label } from '../cluster/resources.ts';
import { isAlive } from '../cluster/states.ts';
import { useCluster } from '../cluster/store.ts';
import { Moment } from '../parts/Ago.tsx';
import { LongTable } from '../parts/DataTable.tsx';
import { Nothing, WhenKnown } from '../parts/Nothing.tsx';
import { Facts, Head, Panel, Up } from '../parts/Page.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { useOrder } from '../parts/table.ts';
import { tasksOfFrameworkColumns } from './columns.tsx';
import styles from './Detail.module.css';

export function FrameworkPage({ id }: { id: string }) {
  return (
    <>
      <Up href={to(['frameworks'])}>Frameworks</Up>
      <WhenKnown>
        <Known id={id} />
      </WhenKnown>
    </>
  );
}

/** A link only if it leads to the web: who registers a framework may write anything here. */
function Link({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return address;
  return (
    <a href={address} rel="noreferrer noopener" target="_blank">
      {address}
    </a>
  );
}

function Known({ id }: { id: string }) {
  const { frameworks, tasks } = useCluster();
  const framework = frameworks.get(id);
  const own = useMemo(() => {
    const found: Task[] = [];
    for (const task of tasks.values()) if (task.framework === id) found.push(task);
    return found;
  }, [id, tasks]);
  if (framework === undefined) {
    return <Nothing title="No such framework">It has ended, or you may not see it.</Nothing>;
  }
  return (
    <>
      <Head title={framework.name === '' ? framework.id : framework.name}>
        <StateMark state={framework.state} />
      </Head>
      <div className={styles.stack}>
        <div className={styles.columns}>
          <Panel title="Framework">
            <Facts
              facts={[
                ['Id', <code>{framework.id}</code>],
                ['Principal', framework.principal],
                ['User', framework.user],
                ['Registered', <Moment at={framework.registeredAt} />],
                [
                  'Web page',
                  framework.webuiUrl === '' ? '' : <Link address={framework.webuiUrl} />,
                ],
              ]}
            />
          </Panel>
          <Roles framework={framework} tasks={own} />
        </div>
        <Tasks framework={framework} tasks={own} />
      </div>
    </>
  );
}

/** What each role's living tasks hold. */
function Roles({ framework, tasks }: { framework: Framework; tasks: readonly Task[] }) {
  const held = useMemo(() => {
    const byRole = new Map<string, Map<string, number>>();
    for (const role of framework.roles) byRole.set(role, new Map());
    for (const task of tasks) {
      if (!isAlive(task.state)) continue;
      const sums = byRole.get(task.role) ?? new Map<string, number>();
      byRole.set(task.role, sums);
      for (const [name, value] of Object.entries(task.resources)) {
        sums.set(name, (sums.get(name) ?? 0) + amountOf(value));
      }
    }
    return [...byRole];
  }, [framework.roles, tasks]);
  const textOf = (sums: ReadonlyMap<string, number>): string =>
    [...sums]
      .sort(([a], [b]) => byRank(a, b))
      .map(([name, amount]) => `${label(name)} ${amountText(name, amount)}`)
      .join(', ') || 'nothing';
  return (
    <Panel title="Roles and what their tasks hold">
      <Facts
        facts={held.map(([role, sums]) => [
          role,
          <a href={to(['tasks'], { framework: framework.id, role })}>{textOf(sums)}</a>,
        ])}
      />
    </Panel>
  );
}

function Tasks({ framework, tasks }: { framework: Framework; tasks: readonly Task[] }) {
  const { agents, frameworks } = useCluster();
  const order = useOrder('state');
  const columns = useMemo(
    () => tasksOfFrameworkColumns({ agents, frameworks }),
    [agents, frameworks],
  );
  return (
    <Panel
      title={`Tasks (${tasks.length.toLocaleString('en')})`}
      aside={<a href={to(['tasks'], { framework: framework.id })}>Search them</a>}
    >
      <LongTable
        label="Tasks"
        columns={columns}
        records={tasks}
        idOf={keyOf}
        order={order}
        empty="It has run no task that the master remembers."
      />
    </Panel>
  );
}
