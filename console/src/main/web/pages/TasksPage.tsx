import { Button, NativeSelect, Select, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { refine, useLocation } from '../app/location.ts';
import { tasksOf } from '../cluster/filter.ts';
import { keyOf } from '../cluster/records.ts';
import { counts, stateText } from '../cluster/states.ts';
import { useCluster } from '../cluster/store.ts';
import { LongTable } from '../parts/DataTable.tsx';
import { Nothing, WhenKnown } from '../parts/Nothing.tsx';
import { Head } from '../parts/Page.tsx';
import { useOrderInAddress } from '../parts/table.ts';
import { agentName, frameworkName, taskColumns } from './columns.tsx';
import styles from './Filters.module.css';

/** More than these are found by typing. */
const CHOICES_MAX = 50;

export function TasksPage() {
  return (
    <div className={styles.full}>
      <Head title="Tasks" />
      <WhenKnown>
        <Tasks />
      </WhenKnown>
    </div>
  );
}

function Tasks() {
  const { agents, frameworks, tasks } = useCluster();
  const { state = '', role = '', framework = '', agent = '', text = '' } = useLocation().query;
  const order = useOrderInAddress('-changed');
  // Typing stays quick, whatever there is to search.
  const searched = useDeferredValue(text);
  const shown = useMemo(
    () => tasksOf(tasks.values(), { state, role, framework, agent, text: searched }),
    [tasks, state, role, framework, agent, searched],
  );
  const columns = useMemo(() => taskColumns({ agents, frameworks }), [agents, frameworks]);

  if (tasks.size === 0) {
    return (
      <Nothing title="No tasks">
        None has been launched yet, or you may not see any. Tasks appear here by themselves.
      </Nothing>
    );
  }
  const isFiltered = [state, role, framework, agent, text].some((value) => value !== '');
  return (
    <>
      <div className={styles.filters} role="search">
        <TextInput
          aria-label="Search tasks"
          placeholder="Name, id, command, label…"
          className={styles.search ?? ''}
          value={text}
          onChange={(event) => refine({ text: event.currentTarget.value })}
        />
        <Choices />
        {isFiltered && (
          <Button
            variant="subtle"
            onClick={() => refine({ state: '', role: '', framework: '', agent: '', text: '' })}
          >
            Clear
          </Button>
        )}
        <span className={styles.found} aria-live="polite">
          {shown.length.toLocaleString('en')} of {tasks.size.toLocaleString('en')}
        </span>
      </div>
      <LongTable
        isFilling
        label="Tasks"
        columns={columns}
        records={shown}
        idOf={keyOf}
        order={order}
        empty="No task is like that."
      />
    </>
  );
}

function Choices() {
  const { agents, frameworks, tasks } = useCluster();
  const { state = '', role = '', framework = '', agent = '' } = useLocation().query;
  const states = useMemo(() => counts(tasks.values()), [tasks]);
  const roles = useMemo(
    () => [...new Set([...tasks.values()].map((task) => task.role))].sort(),
    [tasks],
  );
  const frameworkChoices = useMemo(
    () => [...frameworks.keys()].map((id) => ({ value: id, label: frameworkName(frameworks, id) })),
    [frameworks],
  );
  const agentChoices = useMemo(
    () => [...agents.keys()].map((id) => ({ value: id, label: agentName(agents, id) })),
    [agents],
  );
  return (
    <>
      <NativeSelect
        aria-label="State"
        value={state}
        onChange={(event) => refine({ state: event.currentTarget.value })}
        data={[
          { value: '', label: 'Any state' },
          { value: 'alive', label: 'all living' },
          { value: 'failed', label: 'all failed' },
          ...states.map(([each, count]) => ({
            value: each,
            label: `${stateText(each)} (${count.toLocaleString('en')})`,
          })),
        ]}
      />
      <NativeSelect
        aria-label="Role"
        value={role}
        onChange={(event) => refine({ role: event.currentTarget.value })}
        data={[
          { value: '', label: 'Any role' },
          ...roles.filter((each) => each !== '').map((each) => ({ value: each, label: each })),
        ]}
      />
      <Select
        aria-label="Framework"
        placeholder="Any framework"
        searchable
        clearable
        limit={CHOICES_MAX}
        w={170}
        value={framework === '' ? null : framework}
        onChange={(value) => refine({ framework: value ?? '' })}
        data={frameworkChoices}
      />
      <Select
        aria-label="Agent"
        placeholder="Any agent"
        searchable
        clearable
        limit={CHOICES_MAX}
        w={170}
        value={agent === '' ? null : agent}
        onChange={(value) => refine({ agent: value ?? '' })}
        data={agentChoices}
      />
    </>
  );
}
