import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { downloadOf, sandboxFile } from '../api/files.ts';
import { readable } from '../api/tail.ts';
import type { Task } from '../cluster/records.ts';
import { Panel } from '../parts/Page.tsx';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import styles from './LogPanel.module.css';
import { useTail } from './useTail.ts';

/** Nearer to the end than this, one reads the newest and wants the next. */
const NEAR_END_PX = 24;

/** What a task writes, as it writes it. */
export function LogPanel({ task }: { task: Task }) {
  const [name, setName] = useState('stdout');
  const [isFollowing, setFollowing] = useState(true);
  const [isWrapping, setWrapping] = useState(true);
  const path = sandboxFile(task, name);
  const { tail, exists, problem, earlier } = useTail(task.agent, path, isFollowing);
  const text = tail === null ? '' : readable(tail.pieces.join(''));
  return (
    <Panel
      title="Output"
      aside={
        <div className={styles.tools}>
          <SegmentedControl
            size="xs"
            aria-label="Which output"
            data={['stdout', 'stderr']}
            value={name}
            onChange={setName}
          />
          <Checkbox
            label="Follow"
            checked={isFollowing}
            onChange={(event) => setFollowing(event.currentTarget.checked)}
          />
          <Checkbox
            label="Wrap"
            checked={isWrapping}
            onChange={(event) => setWrapping(event.currentTarget.checked)}
          />
          <a href={downloadOf(task.agent, path)} download>
            Download
          </a>
        </div>
      }
    >
      {problem !== null && <ProblemNote problem={problem} />}
      {text === '' ? (
        <p className={styles.none} aria-busy={exists === null}>
          {exists === false
            ? `There is no ${name}: the task has not begun, or its sandbox has been removed.`
            : exists === null
              ? problem === null && 'Asking the agent…'
              : `Nothing has been written to ${name}.`}
        </p>
      ) : (
        <Text
          key={path}
          text={text}
          isFollowing={isFollowing}
          isWrapping={isWrapping}
          label={`${name} of the task`}
          hasEarlier={tail !== null && tail.from > 0}
          earlier={earlier}
        />
      )}
    </Panel>
  );
}

interface TextProps {
  readonly text: string;
  readonly isFollowing: boolean;
  readonly isWrapping: boolean;
  readonly label: string;
  readonly hasEarlier: boolean;
  readonly earlier: () => Promise<void>;
}

function Text({ text, isFollowing, isWrapping, label, hasEarlier, earlier }: TextProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const heightBefore = useRef<number | null>(null);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    if (heightBefore.current !== null) {
      // What was added above must not move what is being read.
      element.scrollTop += element.scrollHeight - heightBefore.current;
      heightBefore.current = null;
    } else if (isFollowing && isAtEnd.current) {
      element.scrollTop = element.scrollHeight;
    }
  }, [text, isFollowing]);

  const load = (): void => {
    heightBefore.current = scroller.current?.scrollHeight ?? null;
    void earlier();
  };

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      tabIndex={0}
      role="group"
      aria-label={label}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
    >
      {hasEarlier && (
        <Button className={styles.earlier ?? ''} size="compact-xs" onClick={load}>
          Earlier output
        </Button>
      )}
      <pre className={styles.text} data-wrapping={isWrapping}>
        {text}
      </pre>
    </div>
  );
}
