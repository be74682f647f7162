import assert from 'node:assert/strict';
import { signIn, story } from './house.ts';

const REFUSED = /status of 401/;

story(
  'whoever is not signed in comes to the door, and then where they wanted to go',
  { isSignedOut: true, expected: REFUSED },
  async ({ page, visit }) => {
    await visit('agents');
    await page.getByRole('heading', { name: 'Sign in to Meseta' }).waitFor();
    await signIn(page, 'wrong');
    await page.getByRole('alert').getByText('The name or the password is wrong.').waitFor();
    assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), '');
    await signIn(page);
    await page.getByRole('heading', { name: 'Agents' }).waitFor();
    await page.getByRole('link', { name: 'node-001.rack1.example' }).waitFor();
  },
);

story('one can sign out again', { expected: REFUSED }, async ({ page, standIn, visit }) => {
  await visit();
  await page.getByRole('button', { name: 'Account alice' }).click();
  await page.getByText('In group operators').waitFor();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Meseta' }).waitFor();
  assert.equal(standIn.signedIn, false);
});

story(
  'a session that ends meanwhile leads to the door',
  { expected: /status of 401|INCOMPLETE_CHUNKED/ },
  async ({ page, standIn, visit }) => {
    await visit();
    await page.getByText('Recent failures').waitFor();
    standIn.signedIn = false;
    standIn.breakStreams();
    await page.getByRole('heading', { name: 'Sign in to Meseta' }).waitFor();
  },
);

story(
  'in open mode nobody is asked, and everybody is told',
  { open: true },
  async ({ page, visit }) => {
    await visit();
    await page.getByText('OPEN MODE').waitFor();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Account/ }).count(), 0);
  },
);

story(
  'a gateway that does not answer is told of',
  { expected: /status of 404/ },
  async ({ page, visit }) => {
    await page.route('**/api/gateway/v1/session', (route) =>
      route.fulfill({ status: 404, contentType: 'text/plain', body: 'no such route\n' }),
    );
    await visit();
    await page.getByRole('alert').getByText('no such route').waitFor();
    await page.unroute('**/api/gateway/v1/session');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  },
);

story('it works below any path', { open: true, base: '/console/' }, async ({ page, visit }) => {
  await visit('frameworks');
  await page.getByRole('link', { name: 'spark-analytics' }).click();
  await page.getByRole('heading', { name: 'spark-analytics' }).waitFor();
});

story(
  'the watch sees what breaks the policy',
  { open: true, expected: /style-src|inline style|^policy: style-src/ },
  async ({ page, visit }) => {
    await visit();
    await page.getByText('OPEN MODE').waitFor();
    const told = page.waitForEvent('console', (message) =>
      message.text().startsWith('policy: style-src'),
    );
    await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'body { color: red }';
      document.head.append(style);
    });
    await told;
  },
);
