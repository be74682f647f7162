import { Button, Loader } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { problemFrom } from '../api/http.ts';
import { session } from '../api/session.ts';
import { follow } from '../cluster/store.ts';
import { AgentPage } from '../pages/AgentPage.tsx';
import { AgentsPage } from '../pages/AgentsPage.tsx';
import { FrameworkPage } from '../pages/FrameworkPage.tsx';
import { FrameworksPage } from '../pages/FrameworksPage.tsx';
import { OverviewPage } from '../pages/OverviewPage.tsx';
import { ServicesPage } from '../pages/ServicesPage.tsx';
import { SignInPage } from '../pages/SignInPage.tsx';
import { TaskPage } from '../pages/TaskPage.tsx';
import { TasksPage } from '../pages/TasksPage.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import styles from './App.module.css';
import { Frame } from './Frame.tsx';
import { useLocation } from './location.ts';

export const SESSION = ['session'];

/** Asks who is signed in, and shows the door or the house. */
export function App() {
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: SESSION,
    queryFn: ({ signal }) => session(signal),
    staleTime: Infinity,
    refetchOnWindowFocus: true,
  });
  const isIn = data !== undefined && data !== null;

  useEffect(() => {
    if (!isIn) {
      // What the last one was shown is not the next one's to see.
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION[0] });
      return undefined;
    }
    return follow(() => void queries.invalidateQueries({ queryKey: SESSION }));
  }, [isIn, queries]);

  if (isPending) {
    return (
      <main className={styles.middle} aria-busy="true">
        <Loader size="sm" aria-label="Loading" />
      </main>
    );
  }
  if (error !== null && data === undefined) {
    return (
      <main className={styles.middle}>
        <div className={styles.box}>
          <ProblemNote problem={problemFrom(error)} />
          <Button onClick={() => void refetch()}>Try again</Button>
        </div>
      </main>
    );
  }
  if (!isIn) return <SignInPage />;
  return (
    <Frame session={data}>
      <Page />
    </Frame>
  );
}

function Page(): ReactNode {
  const [place = '', first, second, ...rest] = useLocation().path;
  const isLong = rest.length > 0;
  switch (place) {
    case '':
      return <OverviewPage />;
    case 'agents':
      if (isLong || second !== undefined) break;
      return first === undefined ? <AgentsPage /> : <AgentPage id={first} />;
    case 'frameworks':
      if (isLong || second !== undefined) break;
      return first === undefined ? <FrameworksPage /> : <FrameworkPage id={first} />;
    case 'tasks':
      if (isLong) break;
      if (first === undefined) return <TasksPage />;
      if (second === undefined) break;
      return <TaskPage key={`${first}/${second}`} framework={first} id={second} />;
    case 'services':
      if (first !== undefined) break;
      return <ServicesPage />;
  }
  return (
    <Nothing title="There is no such page">
      <a href="#/">To the overview</a>
    </Nothing>
  );
}
