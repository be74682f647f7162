import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Cluster,
  type ClusterEvent,
  type Records,
  after,
  unknown,
} from '../../../main/web/cluster/cluster.ts';
import { Malformed, eventOf } from '../../../main/web/cluster/decode.ts';

const event = (type: string, body: unknown): ClusterEvent => {
  const decoded = eventOf(type, JSON.stringify(body));
  assert.ok(decoded !== null);
  return decoded;
};

const task = (id: string, state = 'TASK_RUNNING') => ({ framework: 'F', id, state });

const snapshot = event('snapshot', {
  time: 'T1',
  agents: [{ id: 'A' }, { id: 'B' }],
  frameworks: [{ id: 'F', name: 'batch' }],
  tasks: [task('1'), task('2')],
});

const ids = (cluster: Cluster): string[] => [...cluster.tasks.keys()];

test('a snapshot takes the place of everything', () => {
  const first = after(unknown, [snapshot]);
  assert.deepEqual(ids(first), ['F/1', 'F/2']);
  const second = after(first, [event('snapshot', { time: 'T2', tasks: [task('3')] })]);
  assert.deepEqual(ids(second), ['F/3']);
  assert.equal(second.agents.size, 0);
  assert.equal(second.time, 'T2');
});

test('a change replaces whole records and leaves the others', () => {
  const before = after(unknown, [snapshot]);
  const now = after(before, [event('change', { time: 'T2', tasks: [task('2', 'TASK_FAILED')] })]);
  assert.equal(now.tasks.get('F/2')?.state, 'TASK_FAILED');
  assert.equal(now.tasks.get('F/1'), before.tasks.get('F/1'));
  assert.equal(before.tasks.get('F/2')?.state, 'TASK_RUNNING', 'the former value has changed');
});

test('what no event touches stays the very same', () => {
  const before = after(unknown, [snapshot]);
  const now = after(before, [event('change', { time: 'T2', tasks: [task('9')] })]);
  assert.equal(now.agents, before.agents);
  assert.equal(now.frameworks, before.frameworks);
  assert.notEqual(now.tasks, before.tasks);
  assert.equal(after(before, [event('beat', { time: 'T2' })]).tasks, before.tasks);
});

test('what is gone goes, and comes back if the same event has it anew', () => {
  const now = after(unknown, [
    snapshot,
    event('change', {
      time: 'T2',
      tasks: [task('1', 'TASK_LOST')],
      gone: { agents: ['B', 'unheard-of'], tasks: [task('1'), task('2')] },
    }),
  ]);
  assert.deepEqual([...now.agents.keys()], ['A']);
  assert.deepEqual(ids(now), ['F/1']);
  assert.equal(now.tasks.get('F/1')?.state, 'TASK_LOST');
});

test('a change before any snapshot is passed over', () => {
  const now = after(unknown, [event('change', { time: 'T', tasks: [task('1')] })]);
  assert.equal(now.known, false);
  assert.equal(now.tasks.size, 0);
});

test('a beat moves the time', () => {
  assert.equal(after(unknown, [snapshot, event('beat', { time: 'T7' })]).time, 'T7');
});

test('events taken together lead where they lead one by one', () => {
  const events: ClusterEvent[] = [snapshot];
  for (let index = 0; index < 200; index++) {
    const id = String((index * 7) % 31);
    const isGone = index % 3 === 0;
    events.push(
      event('change', {
        time: `T${index}`,
        tasks: isGone ? [] : [task(id, index % 2 === 0 ? 'TASK_KILLED' : 'TASK_RUNNING')],
        gone: isGone ? { tasks: [task(id)] } : {},
      }),
    );
  }
  const together = after(unknown, events);
  const single = events.reduce((cluster, each) => after(cluster, [each]), unknown);
  assert.deepEqual(together, single);
});

test('absent fields are empty, and unknown events are passed over', () => {
  const bare = event('snapshot', { tasks: [{ framework: 'F', id: '1' }] }) as Records;
  const only = bare.tasks[0];
  assert.equal(only?.healthy, null);
  assert.equal(only?.service, null);
  assert.deepEqual(only?.statuses, []);
  assert.equal(eventOf('weather', 'rain'), null);
});

test('labels come as an object or as a list of pairs', () => {
  const read = (labels: unknown) =>
    (event('snapshot', { tasks: [{ framework: 'F', id: '1', labels }] }) as Records).tasks[0]
      ?.labels;
  assert.deepEqual(read({ team: 'shop' }), { team: 'shop' });
  assert.deepEqual(read([{ key: 'team', value: 'shop' }, { key: 'bare' }]), {
    team: 'shop',
    bare: '',
  });
});

test('what breaks the contract is refused with a reason', () => {
  assert.throws(() => eventOf('snapshot', '{'), Malformed);
  assert.throws(() => eventOf('snapshot', '[]'), /an event is not an object/);
  assert.throws(() => eventOf('change', '{"tasks":{}}'), /tasks is not a list/);
  assert.throws(() => eventOf('change', '{"tasks":[{"id":"1"}]}'), /a task has no framework/);
  assert.throws(() => eventOf('change', '{"agents":[{"id":""}]}'), /an agent has no id/);
});
