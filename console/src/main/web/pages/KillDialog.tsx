import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { problemFrom } from '../api/http.ts';
import { kill } from '../api/tasks.ts';
import type { Task } from '../cluster/records.ts';
import { useCluster } from '../cluster/store.ts';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import { agentName, frameworkName } from './columns.tsx';
import styles from './KillDialog.module.css';

interface Props {
  readonly task: Task;
  readonly opened: boolean;
  readonly close: () => void;
  readonly sent: () => void;
}

/** Asks once more before a task is killed. */
export function KillDialog({ task, opened, close, sent }: Props) {
  const { agents, frameworks } = useCluster();
  const killing = useMutation({
    mutationFn: () => kill(task.framework, task.id),
    onSuccess: () => {
      sent();
      close();
    },
  });
  const leave = (): void => {
    killing.reset();
    close();
  };
  return (
    <Modal.Root opened={opened} onClose={leave}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content>
        <Modal.Body className={styles.body}>
          <Modal.Title className={styles.title}>Kill this task?</Modal.Title>
          <p>
            <strong>{task.name === '' ? task.id : task.name}</strong> of{' '}
            {frameworkName(frameworks, task.framework)} on {agentName(agents, task.agent)} is told
            to stop, and is killed if it does not. Its framework may launch another.
          </p>
          <p className={styles.id}>
            <code>{task.id}</code>
          </p>
          {killing.error !== null && <ProblemNote problem={problemFrom(killing.error)} />}
          <div className={styles.buttons}>
            <Button onClick={leave} data-autofocus>
              Leave it
            </Button>
            <Button
              variant="filled"
              color="red"
              loading={killing.isPending}
              onClick={() => killing.mutate()}
            >
              Kill
            </Button>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
