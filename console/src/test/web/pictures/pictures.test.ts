/** Pictures of every page, for people to look at: in the folder PICTURES, or target/pictures. */

import { story } from '../browser/house.ts';

const FOLDER = process.env['PICTURES'] ?? 'target/pictures';

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };

for (const scheme of ['light', 'dark'] as const) {
  for (const [kind, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    story(
      `pictures, ${scheme} and ${kind}`,
      {
        context: { colorScheme: scheme, viewport },
        size: { agents: 120, frameworks: 5, tasks: 2000 },
        expected: /40[134]/,
      },
      async ({ page, standIn, visit }) => {
        const take = async (name: string): Promise<void> => {
          await page.screenshot({ path: `${FOLDER}/${name}-${scheme}-${kind}.png` });
        };
        await visit();
        await page.getByText('Recent failures').waitFor();
        await page.waitForTimeout(11_000);
        await take('overview');
        await visit('agents');
        await page.getByText('node-001').first().waitFor();
        await take('agents');
        await visit('agents/7c2e9a54-1f0b-4b67-9d1e-5a3c8e6f1d20-S9');
        await page.getByText('Attributes').waitFor();
        await take('agent');
        await visit('frameworks');
        await page.getByText('spark-analytics').first().waitFor();
        await take('frameworks');
        await visit('frameworks/7c2e9a54-1f0b-4b67-9d1e-5a3c8e6f1d20-0000');
        await page.getByText('Roles and').waitFor();
        await take('framework');
        await visit('tasks');
        await page.getByText('of 2,000').waitFor();
        await take('tasks');
        const task = standIn.made.tasks[2];
        const path = `/frameworks/${task?.['framework']}/executors/${task?.['id']}/runs/latest/stdout`;
        for (let line = 0; line < 3000; line++) {
          standIn.write(
            String(task?.['agent']),
            path,
            `2026-11-22T21:${String(line % 60).padStart(2, '0')}:07Z INFO  request ${line} served in ${line % 37} ms, cache ${line % 3 === 0 ? 'missed' : 'hit'}\n`,
          );
        }
        await visit(`tasks/${task?.['framework']}/${task?.['id']}`);
        await page.getByText('request 2999').waitFor();
        await take('task');
        await page.getByText('request 2999').scrollIntoViewIfNeeded();
        await take('task-log');
        standIn.killsAreRefused = true;
        await page.getByRole('button', { name: 'Kill…' }).click();
        await page.getByRole('button', { name: 'Kill', exact: true }).click();
        await page.getByText('operators-do-not').waitFor();
        await take('kill');
        await visit('services');
        await page.getByText('take calls').first().waitFor();
        await take('services');
        standIn.signedIn = false;
        await page.goto('about:blank');
        await visit();
        await page.getByText('Sign in to').waitFor();
        await take('sign-in');
      },
    );
  }
}
story(
  'a picture of open mode, disconnected',
  { open: true, expected: /503|INCOMPLETE_CHUNKED/ },
  async ({ page, standIn, visit }) => {
    await visit();
    await page.getByText('Recent failures').waitFor();
    standIn.mode = 'away';
    standIn.breakStreams();
    await page.getByText(/^disconnected, as/).waitFor();
    await page.screenshot({ path: `${FOLDER}/open.png` });
  },
);
