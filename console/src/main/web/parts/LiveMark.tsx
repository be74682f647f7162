import { UnstyledButton } from '@mantine/core';
import { type Freshness, freshness } from '../cluster/freshness.ts';
import { hurry, useStream } from '../cluster/store.ts';
import { useSecond } from './clock.ts';
import styles from './LiveMark.module.css';

const duration = (seconds: number): string =>
  seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;

const textOf = (fresh: Freshness): string => {
  switch (fresh.kind) {
    case 'connecting':
      return 'connecting…';
    case 'live':
      return 'live';
    case 'stale':
      return `stale for ${duration(fresh.seconds)}`;
    case 'disconnected':
      return fresh.seconds === null
        ? 'disconnected'
        : `disconnected, as of ${duration(fresh.seconds)} ago`;
  }
};

/** Whether what is shown is so now. */
export function LiveMark() {
  const stream = useStream();
  const now = useSecond();
  const fresh = freshness(stream, Math.max(now, stream.lastAt ?? 0));
  const isDown = fresh.kind === 'disconnected';
  return (
    <span className={styles.mark} data-kind={fresh.kind}>
      <span className={styles.dot} aria-hidden="true" />
      <span title={stream.trouble ?? undefined} data-testid="freshness">
        {textOf(fresh)}
      </span>
      {/* Said once per change, not every second. */}
      <span className="unseen" role="status">
        {fresh.kind}
      </span>
      {isDown && (
        <UnstyledButton className={styles.retry} onClick={hurry}>
          {fresh.retryIn > 0 ? `retry (${fresh.retryIn} s)` : 'retrying…'}
        </UnstyledButton>
      )}
    </span>
  );
}
