import assert from 'node:assert/strict';
import { story } from './house.ts';

const BROKEN = /INCOMPLETE_CHUNKED|status of 503/;

story(
  'a broken stream is resumed where it broke',
  { expected: BROKEN },
  async ({ page, standIn, visit }) => {
    await visit('tasks');
    const mark = page.getByTestId('freshness');
    await mark.getByText('live').waitFor();
    standIn.change({ tasks: [{ ...standIn.made.tasks[0], id: 'before', name: 'before' }] });
    await page.getByText('301 of 301').waitFor();
    standIn.mode = 'away';
    standIn.breakStreams();
    await mark.getByText(/^disconnected, as of \d+ s ago$/).waitFor();
    await page.getByText('301 of 301').waitFor();
    standIn.change({ tasks: [{ ...standIn.made.tasks[0], id: 'meanwhile', name: 'meanwhile' }] });
    standIn.mode = 'well';
    await mark.getByText('live').waitFor();
    await page.getByText('302 of 302').waitFor();
    assert.equal(standIn.connections.at(0), '');
    assert.equal(standIn.connections.at(-1), '1-101');
    assert.ok(standIn.connections.length < 12, 'it has not waited between its tries');
  },
);

story(
  'a stream that falls silent is stale, and then given up',
  { expected: BROKEN },
  async ({ page, standIn, visit }) => {
    await visit();
    const mark = page.getByTestId('freshness');
    await mark.getByText('live').waitFor();
    standIn.mode = 'silent';
    await mark.getByText(/^stale for \d+ s$/).waitFor();
    await mark.getByText(/^disconnected/).waitFor();
    standIn.mode = 'away';
    // Not before the next try is far off: a quick one would take the button away under the click.
    const retry = page.getByRole('button', { name: /^retry \(([6-9]|1\d) s\)$/ });
    await retry.waitFor();
    standIn.mode = 'well';
    await page.getByRole('button', { name: /^retry/ }).click();
    await mark.getByText('live').waitFor();
  },
);

story(
  'before the first word it says what it waits for',
  { expected: BROKEN },
  async ({ page, standIn, visit }) => {
    standIn.mode = 'away';
    await visit('agents');
    await page.getByText('No master leads at this moment.').waitFor();
    standIn.mode = 'well';
    await page.getByRole('link', { name: 'node-001.rack1.example' }).waitFor();
  },
);

story(
  'a master that does not know the caller yet is asked again, and nobody is sent to the door',
  { expected: /status of 401/ },
  async ({ page, visit }) => {
    const events = '**/api/meseta/v1/events';
    await page.route(events, (route) => route.fulfill({ status: 401, body: '' }));
    await visit();
    await page.getByText('Not signed in. The console tries again by itself.').waitFor();
    await page.unroute(events);
    await page.getByText('Recent failures').waitFor();
    await page.getByTestId('freshness').getByText('live').waitFor();
  },
);
