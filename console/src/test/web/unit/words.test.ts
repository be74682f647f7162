import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemFrom, problemOf } from '../../../main/web/api/http.ts';
import { servicesOf } from '../../../main/web/api/services.ts';
import { parse, to } from '../../../main/web/app/location.ts';
import { unknown } from '../../../main/web/cluster/cluster.ts';
import { eventOf } from '../../../main/web/cluster/decode.ts';
import { tasksOf } from '../../../main/web/cluster/filter.ts';
import { sampleOf, sampled } from '../../../main/web/cluster/history.ts';
import type { Task } from '../../../main/web/cluster/records.ts';
import { amountOf, amountText, pairText, shares } from '../../../main/web/cluster/resources.ts';
import {
  counts,
  failures,
  isAlive,
  reasonText,
  stateText,
} from '../../../main/web/cluster/states.ts';
import { agoText, momentText } from '../../../main/web/parts/times.ts';

test('ranges and sets have an amount', () => {
  assert.equal(amountOf('[31000-31002, 8080-8080]'), 4);
  assert.equal(amountOf('{a, b,c}'), 3);
  assert.equal(amountOf('[]'), 0);
  assert.equal(amountOf('{}'), 0);
  assert.equal(amountOf(0.5), 0.5);
  assert.equal(amountOf(undefined), 0);
});

test('amounts are read in the unit that keeps them short', () => {
  assert.equal(amountText('mem', 512), '512 MiB');
  assert.equal(amountText('mem', 1536), '1.5 GiB');
  assert.equal(amountText('disk', 1_900_000), '1.81 TiB');
  assert.equal(amountText('cpus', 1234.5), '1,234.5');
  assert.equal(pairText('mem', 512, 16_384), '0.5 / 16 GiB');
  assert.equal(pairText('cpus', 2.25, 16), '2.25 / 16');
});

test('resources are summed over machines, the usual ones first', () => {
  const machine = { total: { mem: 10, zeta: 1, cpus: 2, ports: '[1-10]' }, used: { cpus: 0.5 } };
  assert.deepEqual(shares([machine, machine]), [
    { name: 'cpus', total: 4, used: 1 },
    { name: 'mem', total: 20, used: 0 },
    { name: 'ports', total: 20, used: 0 },
    { name: 'zeta', total: 2, used: 0 },
  ]);
});

test('states and reasons are words', () => {
  assert.equal(stateText('TASK_GONE_BY_OPERATOR'), 'gone by operator');
  assert.equal(reasonText('REASON_AGENT_REMOVED'), 'agent removed');
  assert.ok(isAlive('TASK_KILLING') && isAlive('TASK_UNREACHABLE'));
  assert.ok(!isAlive('TASK_FINISHED') && !isAlive('TASK_LOST'));
  assert.deepEqual(counts([{ state: 'b' }, { state: 'a' }, { state: 'a' }]), [
    ['a', 2],
    ['b', 1],
  ]);
});

const tasks = (...bodies: readonly object[]): Task[] => {
  const all = bodies.map((body, index) => ({ framework: 'F', id: `t${index}`, ...body }));
  const event = eventOf('snapshot', JSON.stringify({ tasks: all }));
  assert.ok(event?.type === 'snapshot');
  return [...event.tasks];
};

const ANY = { state: '', role: '', framework: '', agent: '', text: '' };
const idsOf = (found: readonly Task[]): string[] => found.map((task) => task.id);

test('tasks are found by state, place and every word', () => {
  const all = tasks(
    { state: 'TASK_RUNNING', name: 'Search', role: 'web', agent: 'A' },
    { state: 'TASK_FAILED', command: 'serve --fast', labels: { team: 'shop' } },
    { state: 'TASK_LOST', service: { name: 'mail' } },
  );
  assert.deepEqual(idsOf(tasksOf(all, ANY)), ['t0', 't1', 't2']);
  assert.deepEqual(idsOf(tasksOf(all, { ...ANY, state: 'failed' })), ['t1', 't2']);
  assert.deepEqual(idsOf(tasksOf(all, { ...ANY, state: 'alive' })), ['t0']);
  assert.deepEqual(idsOf(tasksOf(all, { ...ANY, state: 'TASK_LOST' })), ['t2']);
  assert.deepEqual(idsOf(tasksOf(all, { ...ANY, role: 'web', agent: 'A' })), ['t0']);
  assert.deepEqual(idsOf(tasksOf(all, { ...ANY, text: ' FAST team=shop ' })), ['t1']);
  assert.deepEqual(idsOf(tasksOf(all, { ...ANY, text: 'mail fast' })), []);
});

test('the newest failures come first', () => {
  const at = (time: string, state = 'TASK_FAILED') => ({ state, statuses: [{ state, at: time }] });
  const all = tasks(
    at('2026-01-01'),
    at('2026-01-03'),
    at('2026-01-02'),
    at('2026-02-01', 'TASK_RUNNING'),
  );
  assert.deepEqual(idsOf(failures(all, 2)), ['t1', 't2']);
});

test('history grows by what is newer, to an end', () => {
  assert.deepEqual(sampleOf(unknown, 5_000), { at: 5, cpus: 0, mem: 0, running: 0 });
  let history = sampled([], sampleOf(unknown, 0));
  for (let at = 1; at < 2_000; at++) history = sampled(history, sampleOf(unknown, at * 1000));
  assert.equal(history.length, 720);
  assert.equal(sampled(history, sampleOf(unknown, 7_000)), history);
});

test('a place is read as it was written', () => {
  const path = ['tasks', 'F/1 ä', 'x?y#z'];
  const query = { text: 'a & b=c', state: '' };
  assert.deepEqual(parse(to(path, query)), { path, query: { text: 'a & b=c' } });
  assert.deepEqual(parse(''), { path: [], query: {} });
  assert.deepEqual(parse('#/agents/%E0%A4%A'), { path: ['agents', '%E0%A4%A'], query: {} });
});

test('a refusal is told in the words of whoever refused', () => {
  const body = '{"title":"Forbidden","detail":"No.","rule":"r1","requestId":"q"}';
  assert.deepEqual(problemOf(403, body, ''), {
    status: 403,
    title: 'Forbidden',
    detail: 'No.',
    rule: 'r1',
    requestId: 'q',
  });
  assert.equal(problemOf(400, 'No path.\n', '').detail, 'No path.');
  assert.equal(problemOf(502, '<html>proxy</html>', 'q').detail, '');
  assert.equal(problemOf(502, '<html>proxy</html>', 'q').requestId, 'q');
  assert.equal(problemOf(500, '[]', '').status, 500);
  assert.equal(problemOf(500, 'null', '').detail, 'null');
  assert.equal(problemFrom(new TypeError('fetch failed')).title, 'No connection');
  assert.equal(problemFrom('odd').detail, 'odd');
});

test('services are read as the gateway tells of them', () => {
  const port = { number: 31000, name: 'http', protocol: 'tcp' };
  const read = servicesOf({
    ageSeconds: 0.25,
    fresh: true,
    services: [
      {
        name: 'mail',
        ports: [port, { ...port, number: 31001 }, { number: 25 }],
        instances: [{ framework: 'F', task: 't', address: '10.0.0.1:80', live: true }],
      },
      { name: 'api' },
      { instances: [] },
      7,
    ],
  });
  assert.equal(read.age, 0.25);
  assert.deepEqual(
    read.services.map((service) => service.name),
    ['api', 'mail'],
  );
  assert.deepEqual(read.services[1]?.ports, ['http/tcp', '25']);
  assert.equal(read.services[1]?.instances[0]?.healthy, null);
  assert.equal(read.services[1]?.instances[0]?.live, true);
  assert.deepEqual(servicesOf(null), { age: null, fresh: false, services: [] });
});

test('times are short, and exact on demand', () => {
  assert.equal(agoText(-5_000), 'just now');
  assert.equal(agoText(59_000), '59 s ago');
  assert.equal(agoText(3_600_000), '1 h ago');
  assert.equal(agoText(200_000_000), '2 d ago');
  assert.equal(momentText('nonsense'), 'nonsense');
  assert.match(momentText('2026-11-22T20:52:25.5Z'), /^2026-11-2\d \d\d:52:25$/);
});
