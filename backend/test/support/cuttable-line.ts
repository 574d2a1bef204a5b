import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut (open connections end, and new ones are refused) and mended at the same place. */
export class CuttableLine {
  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly ends: Set<Socket>,
  ) {}

  static async to(target: URL): Promise<CuttableLine> {
    const ends = new Set<Socket>();
    const server = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const [from, onto] of [
        [near, far],
        [far, near],
      ] as const) {
        ends.add(from);
        from.pipe(onto);
        from.on('error', () => onto.destroy());
        from.on('close', () => {
          ends.delete(from);
          onto.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // A listening TCP server has one.
    const url = new URL(target);
    url.hostname = '127.0.0.1';
    url.port = String(port);
    return new CuttableLine(url.href, server, ends);
  }

  /** Safe to call again. */
  async cut(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const end of this.ends) end.destroy();
    await closed;
  }

  async mend(): Promise<void> {
    const port = Number(new URL(this.url).port);
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
    });
  }
}
