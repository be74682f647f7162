import { NativeSelect, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { refine, useLocation } from '../app/location.ts';
import { counts, stateText } from '../cluster/states.ts';
import { useCluster } from '../cluster/store.ts';
import { PagedTable } from '../parts/DataTable.tsx';
import { Nothing, WhenKnown } from '../parts/Nothing.tsx';
import { Head } from '../parts/Page.tsx';
import { useOrderInAddress } from '../parts/table.ts';
import { frameworkColumns } from './columns.tsx';
import styles from './Filters.module.css';

const PAGE_SIZE = 50;

export function FrameworksPage() {
  return (
    <>
      <Head title="Frameworks" />
      <WhenKnown>
        <Frameworks />
      </WhenKnown>
    </>
  );
}

function Frameworks() {
  const { frameworks } = useCluster();
  const { state = '', text = '', page = '1' } = useLocation().query;
  const order = useOrderInAddress('name');
  const states = useMemo(() => counts(frameworks.values()), [frameworks]);
  const shown = useMemo(() => {
    const word = text.trim().toLowerCase();
    return [...frameworks.values()].filter(
      (each) =>
        (state === '' || each.state === state) &&
        [each.name, each.id, each.principal, ...each.roles].some((value) =>
          value.toLowerCase().includes(word),
        ),
    );
  }, [frameworks, state, text]);

  if (frameworks.size === 0) {
    return (
      <Nothing title="No frameworks">
        None has subscribed yet, or you may not see any. Frameworks appear here by themselves.
      </Nothing>
    );
  }
  return (
    <>
      <div className={styles.filters} role="search">
        <TextInput
          aria-label="Search frameworks"
          placeholder="Name, id, role, principal…"
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
          {shown.length.toLocaleString('en')} of {frameworks.size.toLocaleString('en')}
        </span>
      </div>
      <PagedTable
        label="Frameworks"
        columns={frameworkColumns}
        records={shown}
        idOf={(framework) => framework.id}
        order={order}
        empty="No framework is like that."
        page={Number(page) || 1}
        pageSize={PAGE_SIZE}
        turn={(next) => refine({ page: next === 1 ? '' : String(next) })}
      />
    </>
  );
}
