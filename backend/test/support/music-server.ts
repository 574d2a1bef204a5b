import type { LibraryStatus } from '../../src/ingest/library.dto.js';
import { Client, eventually } from './client.js';
import { writeMusicFolder } from './music-folder.js';
import { startServer, type RunningServer, type ServerOptions } from './server.js';
import { ToneFolder } from './tones.js';

export const libraryStatus = (client: Client): Promise<LibraryStatus> => client.get('/api/library/status');

/** Every file has been looked at and listened to, and nothing more is on its way. */
export const isSettled = ({ scanning, files, work, libraries }: LibraryStatus): boolean =>
  !scanning &&
  files.pending === 0 &&
  work.analysing === 0 &&
  libraries.every(({ lastScannedAt }) => lastScannedAt !== null);

/** The real server on a folder of its own, set up, with everything in the folder taken in. */
export class MusicServer {
  private constructor(
    readonly tones: ToneFolder,
    readonly root: string,
    private readonly options: Partial<ServerOptions>,
    private server: RunningServer,
    public client: Client,
  ) {}

  /** Running, and set up by nobody yet. */
  static async open(
    write: (tones: ToneFolder) => Promise<string> = writeMusicFolder,
    options: Partial<ServerOptions> = {},
  ): Promise<MusicServer> {
    const tones = await ToneFolder.create();
    const root = await write(tones);
    const server = await startServer({ music: [root], data: tones.path('data'), ...options });
    return new MusicServer(tones, root, options, server, new Client(server.url));
  }

  static async start(...how: Parameters<typeof MusicServer.open>): Promise<MusicServer> {
    const music = await MusicServer.open(...how);
    await music.client.setUp().catch(async (error: unknown) => {
      await music.remove();
      throw error;
    });
    return music;
  }

  get url(): string {
    return this.server.url;
  }

  get pid(): number {
    return this.server.pid;
  }

  get output(): string {
    return this.server.output();
  }

  get dataDir(): string {
    return this.tones.path('data');
  }

  /** @returns the status once nothing more is on its way and `isRight` says that it is the awaited one. */
  settled(isRight: (status: LibraryStatus) => boolean = () => true): Promise<LibraryStatus> {
    return eventually(
      () => libraryStatus(this.client),
      (status) => isSettled(status) && isRight(status),
    );
  }

  async media(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(new URL(path, this.url), init);
  }

  async bytes(path: string): Promise<Buffer> {
    const response = await this.media(path);
    if (response.status !== 200) throw new Error(`${response.status} for ${path}: ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** The same person at another device: how many encoders one may wait for is counted by session. */
  async anotherDevice(): Promise<Client> {
    const client = this.client.another();
    await client.signIn();
    return client;
  }

  /** The same folders again, signed in as the same person. */
  async restart(signal: 'stop' | 'kill' = 'stop'): Promise<void> {
    await this.server[signal]();
    this.server = await startServer({ music: [this.root], data: this.dataDir, ...this.options });
    this.client = new Client(this.server.url);
    await this.client.signIn();
  }

  stop(): Promise<number | null> {
    return this.server.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    await this.tones.remove();
  }
}
