import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { Client } from '../../backend/test/support/client.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { writeToneAlbum } from './support/listening-room.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const ANN = { username: 'ann', password: 'correct horse' };
const YUKI = { username: 'Yuki 雪', password: 'a long enough password' };

describe('accounts on the page', () => {
  let music: MusicServer;
  let browser: Browser;
  let admin: WatchedPage;
  let listener: WatchedPage;
  beforeAll(async () => {
    music = await MusicServer.start(writeToneAlbum);
    browser = await launchBrowser();
    admin = await openPage(browser);
    listener = await openPage(browser);
    await signIn(admin.page, ANN);
  });
  afterAll(async () => {
    await browser?.close();
    await music?.remove();
  });

  const signIn = async (page: Page, { username, password }: typeof ANN): Promise<void> => {
    await page.goto(`${music.url}/signin`);
    await page.getByLabel('Name').fill(username);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: `Account: ${username}` }).waitFor();
  };
  const section = (page: Page, title: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

  it('an invitation’s link makes one account, which is then among the people', async () => {
    await admin.page.goto(`${music.url}/settings/people`);
    await admin.page.getByRole('button', { name: 'Make a link' }).click();
    const link = await admin.page.getByLabel('Copy the link now').inputValue();
    await listener.page.goto(link);
    await listener.page.getByText('You come as a listener.').waitFor();
    await listener.page.getByLabel('Name').fill(YUKI.username);
    await listener.page.getByLabel('Password').fill(YUKI.password);
    await listener.page.getByRole('button', { name: 'Join' }).click();
    await listener.page.getByRole('button', { name: `Account: ${YUKI.username}` }).waitFor();
    await admin.page.reload();
    await section(admin.page, 'People').getByText(YUKI.username, { exact: true }).waitFor();

    const other = await openPage(browser);
    await other.page.goto(link);
    await other.page.getByText('This invitation has been used').waitFor();
    await other.close();
  });

  it('a folder that is closed to a listener is gone from their page, and back when they are named', async () => {
    const album = () =>
      listener.page.getByRole('main').getByRole('link', { name: '夜想', exact: true }).first();
    await listener.page.goto(`${music.url}/`);
    await album().waitFor();
    // Guests hear what is shared with them alone: no folder is said to be theirs.
    expect(
      await admin.page
        .getByLabel(/^Who sees /)
        .getByRole('option')
        .allInnerTexts(),
    ).toEqual(['Everybody but guests', 'Curators', 'Administrators', 'Only the people named']);
    await admin.page.getByLabel(/^Who sees /).selectOption('named');
    await admin.page.getByRole('checkbox', { name: YUKI.username }).waitFor();
    await listener.page.reload();
    await listener.page.getByText('Nothing on this shelf yet').waitFor();
    await admin.page.getByRole('checkbox', { name: YUKI.username }).click();
    await admin.page.getByRole('checkbox', { name: YUKI.username, checked: true }).waitFor();
    await listener.page.reload();
    await album().waitFor();
  });

  it('a key is shown once, is good for what it says, and ends', async () => {
    await listener.page.goto(`${music.url}/settings/account`);
    await listener.page.getByLabel('What it is for').fill('Phone');
    await listener.page.getByRole('button', { name: 'Make a key' }).click();
    const key = await listener.page.getByLabel('Copy the key now').inputValue();
    const ask = () => fetch(`${music.url}/api/tracks`, { headers: { authorization: `Bearer ${key}` } });
    expect((await ask()).status).toBe(200);
    await listener.page.reload();
    const keys = section(listener.page, 'Keys for programs');
    await keys.getByText('Phone').waitFor();
    expect(await keys.getByLabel('Copy the key now').count()).toBe(0);
    await keys.getByRole('button', { name: 'End the key Phone' }).click();
    await listener.page.getByRole('alertdialog').getByRole('button', { name: 'End', exact: true }).click();
    await keys.getByText('Phone').waitFor({ state: 'detached' });
    expect((await ask()).status).toBe(401);
  });

  it('a new password signs the other devices out, and this one stays', async () => {
    const elsewhere = new Client(music.url);
    await elsewhere.signIn(YUKI.username, YUKI.password);
    await listener.page.reload();
    await listener.page.getByRole('button', { name: 'Sign out all other devices' }).waitFor();
    const { page } = listener;
    await page.getByLabel('Password now').fill('not this one');
    await page.getByLabel('New password').fill('another long password');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The present password is not right.').waitFor();
    await page.getByLabel('Password now').fill(YUKI.password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is changed.').waitFor();
    expect((await elsewhere.request('GET', '/api/me')).status).toBe(401);
    await section(page, 'Devices').getByText('This device').waitFor();
    expect(await section(page, 'Devices').getByRole('listitem').count()).toBe(1);
  });

  it('what is kept of somebody is theirs to take along', async () => {
    const [download] = await Promise.all([
      listener.page.waitForEvent('download'),
      listener.page.getByRole('link', { name: 'Take a copy along' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('kanade-export.json');
    const told: unknown = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(told).toMatchObject({ account: [{ username: YUKI.username }] });
  });

  it('who is disabled is led to the door', async () => {
    await admin.page.reload();
    await section(admin.page, 'People').getByRole('button', { name: 'Disable' }).click();
    await section(admin.page, 'People').getByText('Disabled').waitFor();
    await listener.page.goto(`${music.url}/`);
    await listener.page.waitForURL(/\/signin/);
  });

  it('an account is deleted by whoever knows its password, and its name is free again', async () => {
    await section(admin.page, 'People').getByRole('button', { name: 'Enable' }).click();
    await section(admin.page, 'People').getByRole('button', { name: 'Disable' }).waitFor();
    await signIn(listener.page, { ...YUKI, password: 'another long password' });
    await listener.page.goto(`${music.url}/settings/account`);
    await listener.page.getByRole('button', { name: 'Delete the account' }).click();
    const data = section(listener.page, 'What is kept of you');
    await data.getByLabel('Password now').fill('not this one');
    await data.getByRole('button', { name: 'Delete for good' }).click();
    await data.getByText('The present password is not right.').waitFor();
    await data.getByLabel('Password now').fill('another long password');
    await data.getByRole('button', { name: 'Delete for good' }).click();
    await listener.page.waitForURL(/\/signin/);
    await admin.page.reload();
    await section(admin.page, 'People').getByText('You', { exact: true }).waitFor();
    expect(await section(admin.page, 'People').getByText(YUKI.username).count()).toBe(0);
    expect([...admin.complaints, ...listener.complaints.filter((each) => !/40[13]/.test(each))]).toEqual([]);
  });
});
