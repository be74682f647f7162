import assert from 'node:assert/strict';
import type { Json } from '../standin/cluster.ts';
import type { StandIn } from '../standin/server.ts';
import { story } from './house.ts';

const MANY = { agents: 200, frameworks: 5, tasks: 10_000 };

story(
  'ten thousand tasks are found and sorted, and few of them drawn',
  { size: MANY },
  async ({ page, standIn, visit }) => {
    await visit('tasks');
    await page.getByText('10,000 of 10,000').waitFor();
    assert.ok((await page.locator('tbody tr').count()) < 80, 'rows out of sight are drawn');
    assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), '10001');

    await page.getByRole('button', { name: 'Task', exact: true }).click();
    await page.locator('th[aria-sort=ascending]', { hasText: 'Task' }).waitFor();
    await page.getByLabel('Search tasks').fill('mailer-99999');
    await page.getByText('No task is like that.').waitFor();
    await page.getByLabel('Search tasks').fill('mailer-9999');
    await page.getByText('1 of 10,000', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'mailer-9999' }).waitFor();
    await page.getByLabel('Search tasks').fill('');
    await page.getByText('10,000 of 10,000').waitFor();

    const region = page.getByRole('group', { name: 'Tasks' });
    await region.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.locator('tr[aria-rowindex="10001"]').waitFor();

    await page.getByLabel('State').selectOption('failed');
    await page.getByLabel('Role').selectOption('platform');
    const wanted = standIn.made.tasks.filter(
      (task) => /FAILED|LOST/.test(String(task['state'])) && task['role'] === 'platform',
    ).length;
    await page.getByText(`${wanted} of 10,000`, { exact: true }).waitFor();
    await page.getByRole('combobox', { name: 'Framework' }).click();
    await page.getByRole('option', { name: 'ci-runners' }).click();
    await page.waitForURL(/framework=/);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByText('10,000 of 10,000').waitFor();
  },
);

story('changes arrive while one looks', {}, async ({ page, standIn, visit }) => {
  await visit('tasks?sort=name&text=brand-new');
  await page.getByText('0 of 300').waitFor();
  const task: Json = {
    ...standIn.made.tasks[0],
    id: 'brand-new.1',
    name: 'brand-new',
    state: 'TASK_STAGING',
  };
  standIn.change({ tasks: [task] });
  const row = page.getByRole('row', { name: /brand-new/ });
  await row.getByText('staging').waitFor();
  standIn.change({ tasks: [{ ...task, state: 'TASK_RUNNING', healthy: false }] });
  await row.getByText('unhealthy').waitFor();
  standIn.change({ gone: { tasks: [{ framework: task['framework'], id: task['id'] }] } });
  await page.getByText('0 of 300').waitFor();
});

const first = (
  standIn: StandIn,
): { task: Json; place: string; agent: string; path: (name: string) => string } => {
  const task = standIn.made.tasks[0] ?? {};
  const [framework, id] = [String(task['framework']), String(task['id'])];
  return {
    task,
    place: `tasks/${framework}/${id}`,
    agent: String(task['agent']),
    path: (name) => `/frameworks/${framework}/executors/${id}/runs/latest/${name}`,
  };
};

story(
  'a task shows its life, its service and what it is',
  { expected: /status of 404/ },
  async ({ page, standIn, visit }) => {
    const failed = standIn.made.tasks.find((task) => task['state'] === 'TASK_FAILED');
    await visit(`tasks/${failed?.['framework']}/${failed?.['id']}`);
    const history = page.getByRole('region', { name: 'History' });
    await history.getByText('running').waitFor();
    await history.getByText(/command executor failed|container launch failed/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Kill…' }).count(), 0);
    await visit(first(standIn).place);
    const service = page.getByRole('region', { name: 'Service' });
    await service.getByRole('link', { name: 'checkout' }).waitFor();
    await service.getByText('31000/tcp').waitFor();
    await page.getByText(/^team=/).waitFor();
  },
);

story(
  'what a task writes is shown as it is written',
  { expected: /status of 404/ },
  async ({ page, standIn, visit }) => {
    const { place, agent, path } = first(standIn);
    await visit(place);
    await page.getByText('There is no stdout').waitFor();
    const lines = Array.from(
      { length: 4_000 },
      (_, line) => `line ${line} of many, with ünïcödé\n`,
    );
    standIn.write(agent, path('stdout'), lines.join(''));
    await page.getByText('line 3999 of many').waitFor();
    const output = page.getByRole('group', { name: 'stdout of the task' });
    assert.doesNotMatch(await output.innerText(), /line 0 of many/);
    await page.getByRole('button', { name: 'Earlier output' }).click();
    await page.getByText('line 1200 of many').waitFor();
    standIn.write(agent, path('stdout'), Buffer.from([0xe2, 0x82]));
    standIn.write(agent, path('stdout'), Buffer.from([0xac, 0x20, 0x1b, 0x5b, 0x31, 0x6d]));
    standIn.write(agent, path('stdout'), 'the end\n');
    await page.getByText('€ the end').waitFor();
    await page.getByText('stderr').click();
    await page.getByText('There is no stderr').waitFor();
    standIn.write(agent, path('stderr'), '');
    await page.getByText('Nothing has been written to stderr.').waitFor();
    const download = page.getByRole('link', { name: 'Download' });
    assert.match(
      String(await download.getAttribute('href')),
      /^\/agents\/[^/]+\/files\/download\?path=/,
    );
  },
);

story(
  'a task is killed once that was meant',
  { expected: /status of 404/ },
  async ({ page, standIn, visit }) => {
    const { task, place } = first(standIn);
    await visit(place);
    await page.getByRole('button', { name: 'Kill…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Kill this task?' });
    await dialog.getByText(String(task['id'])).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.deepEqual(standIn.kills, []);
    await page.getByRole('button', { name: 'Kill…' }).click();
    await dialog.getByRole('button', { name: 'Kill', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Its agent has been told to kill it.').waitFor();
    await page.getByRole('region', { name: 'History' }).getByText('Asked for by alice.').waitFor();
    assert.deepEqual(standIn.kills, [`${task['framework']}/${task['id']}`]);
  },
);

story(
  'a refusal says by which rule',
  { expected: /status of 40[34]/ },
  async ({ page, standIn, visit }) => {
    standIn.killsAreRefused = true;
    await visit(first(standIn).place);
    await page.getByRole('button', { name: 'Kill…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Kill this task?' });
    await dialog.getByRole('button', { name: 'Kill', exact: true }).click();
    const alert = dialog.getByRole('alert');
    await alert.getByText('alice may not kill tasks of role web.').waitFor();
    await alert.getByText('operators-do-not-touch-web').waitFor();
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    await dialog.waitFor({ state: 'hidden' });
  },
);
