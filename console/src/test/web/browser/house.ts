/** A browser, a stand-in to look at, and a watch over what must never happen in the console. */

import assert from 'node:assert/strict';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type TestContext, after, test } from 'node:test';
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { PASSWORD, type Setting, StandIn } from '../standin/server.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The first Chromium on the PATH, or what CONSOLE_CHROMIUM names. */
const findChromium = (): string | undefined => {
  const places = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => places.map((place) => join(place, name)));
  return [
    process.env['CONSOLE_CHROMIUM'] ?? '',
    ...candidates,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find((path) => path !== '' && isProgram(path));
};

/** For what takes less than one second on a machine that does nothing else. */
const PATIENCE_MS = 30_000;

const PROGRAM = findChromium();

let browser: Promise<Browser> | null = null;

const launched = (): Promise<Browser> => {
  browser ??= chromium.launch({ executablePath: PROGRAM ?? '', args: ['--no-sandbox'] });
  return browser;
};

after(async () => {
  await (await browser)?.close();
});

export interface Room {
  readonly page: Page;
  readonly standIn: StandIn;
  /** Goes to a place of the console, such as `tasks?state=failed`. */
  readonly visit: (place?: string) => Promise<void>;
}

export interface Look extends Setting {
  readonly context?: BrowserContextOptions;
  readonly isSignedOut?: boolean;
  /** Failed requests that the story brings with it; Chromium writes them to the console. */
  readonly expected?: RegExp;
}

/** Runs a story in the browser, and then asks whether the policy held and nothing was complained of. */
export const story = (name: string, look: Look, told: (room: Room) => Promise<void>): void => {
  const run = async (context: TestContext): Promise<void> => {
    if (PROGRAM === undefined) {
      context.skip('no Chromium on the PATH: install one, or name it in CONSOLE_CHROMIUM');
      return;
    }
    const standIn = new StandIn(look);
    await standIn.start();
    standIn.signedIn = look.isSignedOut !== true;
    const own = await (
      await launched()
    ).newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      locale: 'en',
      timezoneId: 'UTC',
      ...look.context,
    });
    own.setDefaultTimeout(PATIENCE_MS);
    const page = await own.newPage();
    const complaints = await watch(page, new URL(standIn.address).origin, look.expected);
    const visit = async (place = ''): Promise<void> => {
      await page.goto(`${standIn.address}#/${place}`);
    };
    try {
      await told({ page, standIn, visit });
      assert.deepEqual(complaints, []);
    } catch (thrown) {
      if (complaints.length > 0) context.diagnostic(`complaints: ${complaints.join('\n')}`);
      throw thrown;
    } finally {
      await own.close();
      await standIn.stop();
    }
  };
  test(name, { timeout: 6 * PATIENCE_MS }, run);
};

/** Gathers what the page complains of: errors, broken policy, requests to elsewhere. */
const watch = async (page: Page, origin: string, expected?: RegExp): Promise<string[]> => {
  const complaints: string[] = [];
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    const isExpected = expected?.test(text) === true;
    if (['error', 'warning'].includes(message.type()) && !isExpected) complaints.push(text);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(`asked ${request.url()}`);
  });
  return complaints;
};

export const signIn = async (page: Page, password = PASSWORD): Promise<void> => {
  await page.getByLabel('Name').fill('alice');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};
