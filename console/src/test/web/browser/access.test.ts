/** Whether those who cannot see well, or cannot use a mouse, can use the console. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { story } from './house.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds wrong, one line each. */
const findings = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE);
  const found = (await page.evaluate(
    'axe.run({ resultTypes: ["violations"] }).then((results) => results.violations)',
  )) as readonly Finding[];
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html}: ${node.failureSummary}`),
  );
};

for (const colorScheme of ['light', 'dark'] as const) {
  story(
    `every page can be used by all, in ${colorScheme} colours`,
    { context: { colorScheme }, expected: /status of 40[14]/ },
    async ({ page, standIn, visit }) => {
      const task = standIn.made.tasks[0];
      const places: readonly (readonly [string, string])[] = [
        ['', 'Recent failures'],
        ['agents', 'node-001'],
        [`agents/${standIn.made.agents[0]?.['id']}`, 'Attributes'],
        ['frameworks', 'spark-analytics'],
        [`frameworks/${task?.['framework']}`, 'Roles and'],
        ['tasks?text=check', 'of 300'],
        [`tasks/${task?.['framework']}/${task?.['id']}`, 'There is no stdout'],
        ['services', 'take calls'],
      ];
      for (const [place, words] of places) {
        await visit(place);
        await page.getByText(words).first().waitFor();
        assert.deepEqual(await findings(page), [], `at ${place}`);
      }
      await visit(`tasks/${task?.['framework']}/${task?.['id']}`);
      await page.getByRole('button', { name: 'Kill…' }).click();
      await page.getByRole('dialog').waitFor();
      assert.deepEqual(await findings(page), [], 'in a dialog');
      standIn.signedIn = false;
      await page.goto('about:blank');
      await visit();
      await page.getByLabel('Name').waitFor();
      assert.deepEqual(await findings(page), [], 'at the door');
    },
  );
}
