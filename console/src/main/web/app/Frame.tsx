import { ActionIcon, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useComputedColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { problemFrom } from '../api/http.ts';
import { type Session, signOut } from '../api/session.ts';
import { useCluster } from '../cluster/store.ts';
import { LiveMark } from '../parts/LiveMark.tsx';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import { SESSION } from './App.tsx';
import styles from './Frame.module.css';
import { MoonIcon, SunIcon } from './icons.tsx';
import mark from './mark.svg';
import { useLocation } from './location.ts';

/** What is around every page: the name, the places, how fresh all is, and who one is. */
export function Frame({ session, children }: { session: Session; children: ReactNode }) {
  const { path } = useLocation();
  const place = path.join('/');
  const main = useRef<HTMLElement>(null);
  const wasHere = useRef(place);

  // Whoever uses a keyboard or listens goes on where the new page begins.
  useEffect(() => {
    if (wasHere.current === place) return;
    wasHere.current = place;
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo(0, 0);
  }, [place]);

  return (
    <div className={styles.frame}>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to content
      </a>
      <header className={styles.header}>
        <a className={styles.name} href="#/">
          <img src={mark} alt="" width={20} height={20} />
          Meseta
        </a>
        <LiveMark />
        <span className={styles.space} />
        <SchemeButton />
        {!session.open && <Account session={session} />}
      </header>
      {session.open && (
        <p className={styles.open} role="note">
          <strong>OPEN MODE</strong> Nobody is asked who they are: whoever reaches this address may
          do anything.
        </p>
      )}
      <Places current={path[0] ?? ''} />
      <main id="main" ref={main} className={styles.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Places({ current }: { current: string }) {
  const cluster = useCluster();
  const places = [
    { path: '', name: 'Overview', count: null },
    { path: 'agents', name: 'Agents', count: cluster.agents.size },
    { path: 'frameworks', name: 'Frameworks', count: cluster.frameworks.size },
    { path: 'tasks', name: 'Tasks', count: cluster.tasks.size },
    { path: 'services', name: 'Services', count: null },
  ];
  return (
    <nav className={styles.places} aria-label="Pages">
      {places.map(({ path, name, count }) => (
        <a key={path} href={`#/${path}`} aria-current={current === path ? 'page' : undefined}>
          <span>{name}</span>
          {count !== null && cluster.known && (
            <span className={styles.count}>{count.toLocaleString('en')}</span>
          )}
        </a>
      ))}
    </nav>
  );
}

function SchemeButton() {
  // Without this, Mantine stops transitions by a style element, which the policy forbids.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  return (
    <ActionIcon
      aria-label={isDark ? 'Light colours' : 'Dark colours'}
      title={isDark ? 'Light colours' : 'Dark colours'}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <SunIcon /> : <MoonIcon />}
    </ActionIcon>
  );
}

function Account({ session }: { session: Session }) {
  const queries = useQueryClient();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: () => queries.setQueryData(SESSION, null),
  });
  return (
    <>
      {leaving.error !== null && <ProblemNote problem={problemFrom(leaving.error)} brief />}
      <Menu position="bottom-end" width={220} transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <UnstyledButton className={styles.account} aria-label={`Account ${session.name}`}>
            {session.name}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {session.groups.length === 0
              ? 'In no group'
              : `In ${session.groups.length === 1 ? 'group' : 'groups'} ${session.groups.join(', ')}`}
          </Menu.Label>
          <Menu.Item onClick={() => leaving.mutate()}>Sign out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
