import assert from 'node:assert/strict';
import { story } from './house.ts';

const AGENTS = { agents: 120, frameworks: 5, tasks: 300 };

story('the overview adds the cluster up', {}, async ({ page, standIn, visit }) => {
  await visit();
  const resources = page.getByRole('region', { name: 'Resources' });
  const cpus = standIn.made.agents.reduce(
    (sum, agent) => sum + (agent['total'] as { cpus: number }).cpus,
    0,
  );
  await resources.getByText(`of ${cpus.toLocaleString('en')}`, { exact: true }).waitFor();
  const tasks = page.getByRole('region', { name: 'Tasks' });
  const running = standIn.made.tasks.filter((task) => task['state'] === 'TASK_RUNNING').length;
  await tasks.getByText(String(running), { exact: true }).waitFor();
  await page.getByRole('region', { name: 'Recent failures' }).getByText('failed').first().waitFor();
  await page.getByRole('img', { name: /^In use now/ }).waitFor();
  await tasks.getByRole('link', { name: 'failed', exact: true }).click();
  await page.getByRole('heading', { name: 'Tasks' }).waitFor();
  assert.match(page.url(), /#\/tasks\?state=TASK_FAILED$/);
});

story('agents are paged, sorted and searched', { size: AGENTS }, async ({ page, visit }) => {
  await visit('agents');
  const first = page.locator('tbody tr').first();
  await first.getByText('node-000').waitFor();
  assert.equal(await page.locator('tbody tr').count(), 50);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('51–100 of 120').waitFor();
  await first.getByText('node-050').waitFor();
  await page.getByRole('button', { name: 'Agent', exact: true }).click();
  await first.getByText('node-119').waitFor();
  const heading = page.getByRole('columnheader', { name: 'Agent' });
  assert.equal(await heading.getAttribute('aria-sort'), 'descending');
  assert.match(page.url(), /sort=-hostname/);
  await page.getByLabel('Search agents').fill('rack=r3 zone=south');
  await page.getByText('20 of 120').waitFor();
  await page.getByLabel('State').selectOption('unreachable');
  await page
    .getByText('No agent is like that.')
    .or(page.getByText(/^\d of 120$/))
    .first()
    .waitFor();
  await page.reload();
  assert.equal(await page.getByLabel('Search agents').inputValue(), 'rack=r3 zone=south');
});

story('an agent shows what it has and what it runs', {}, async ({ page, standIn, visit }) => {
  const agent = standIn.made.agents[9];
  await visit(`agents/${agent?.['id']}`);
  await page.getByRole('heading', { name: String(agent?.['hostname']) }).waitFor();
  await page.getByText('[31000-32000] (1,001)').waitFor();
  await page.getByText('r3', { exact: true }).waitFor();
  const own = standIn.made.tasks.filter((task) => task['agent'] === agent?.['id']);
  await page.getByRole('heading', { name: `Tasks (${own.length})` }).waitFor();
  await page.getByRole('link', { name: 'Search them' }).click();
  await page.getByText(`${own.length} of 300`).waitFor();
});

story('a framework shows its roles and tasks', {}, async ({ page, visit }) => {
  await visit('frameworks');
  await page.getByLabel('Search frameworks').fill('spark');
  await page.getByText('1 of 5').waitFor();
  await page.getByRole('link', { name: 'spark-analytics' }).click();
  await page.getByRole('heading', { name: 'spark-analytics' }).waitFor();
  const link = page.getByRole('link', { name: 'http://spark.example:4040/' });
  assert.equal(await link.getAttribute('rel'), 'noreferrer noopener');
  await page.getByRole('heading', { name: 'Tasks (60)' }).waitFor();
  await page.goBack();
  await page.getByText('1 of 5').waitFor();
});

story('services show who takes calls', {}, async ({ page, standIn, visit }) => {
  await visit('services');
  await page.getByRole('heading', { name: 'checkout' }).waitFor();
  await page.getByText('no, unhealthy').first().waitFor();
  await page.getByLabel('Search services').fill('nothing like it');
  await page.getByText('No service has such a name').waitFor();
  standIn.mode = 'silent';
  await page.getByText('The gateway last heard from a master 31 s ago.').waitFor();
});

story(
  'an empty cluster says so on each page',
  { size: { agents: 0, frameworks: 0, tasks: 0 } },
  async ({ page, visit }) => {
    await visit();
    await page.getByText('No agent has joined').waitFor();
    for (const [place, words] of [
      ['agents', 'No agents'],
      ['frameworks', 'No frameworks'],
      ['tasks', 'No tasks'],
      ['services', 'No services'],
      ['agents/A', 'No such agent'],
      ['frameworks/F', 'No such framework'],
      ['tasks/F/T', 'No such task'],
      ['weather', 'There is no such page'],
      ['tasks/F/T/more', 'There is no such page'],
    ] as const) {
      await visit(place);
      await page.getByText(words, { exact: true }).waitFor();
    }
  },
);

story('it can be used by keyboard, and in other colours', {}, async ({ page, visit }) => {
  await visit('tasks');
  await page.getByText('of 300').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'MAIN');
  await page.keyboard.press('Tab');
  await page.keyboard.type('mailer');
  await page.waitForURL(/text=mailer/);
  const scheme = () => page.evaluate(() => document.documentElement.dataset['mantineColorScheme']);
  assert.equal(await scheme(), 'light');
  await page.getByRole('button', { name: 'Dark colours' }).press('Enter');
  assert.equal(await scheme(), 'dark');
  await page.reload();
  await page.getByRole('button', { name: 'Light colours' }).waitFor();
  assert.equal(await scheme(), 'dark');
});

story(
  'nothing sticks out of a narrow window',
  { context: { viewport: { width: 360, height: 720 } }, expected: /status of 404/ },
  async ({ page, standIn, visit }) => {
    const task = standIn.made.tasks[0];
    for (const place of [
      '',
      'agents',
      'frameworks',
      'tasks',
      'services',
      `tasks/${task?.['framework']}/${task?.['id']}`,
    ]) {
      await visit(place);
      await page.locator('h1').waitFor();
      const over = await page.evaluate(() => {
        const main = document.querySelector('main');
        return main === null ? -1 : main.scrollWidth - main.clientWidth;
      });
      assert.equal(over, 0, `at ${place}`);
    }
  },
);
