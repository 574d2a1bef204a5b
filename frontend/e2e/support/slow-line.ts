import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** As large as a packet: a line hands out bytes evenly, not a segment at a time. */
const PACKET = 1_448;

/** A line to a server that carries only so many bits a second towards the listener, over all connections together. */
export class SlowLine {
  readonly #sockets = new Set<Socket>();
  #bitsPerSecond = Infinity;
  #freeAt = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<SlowLine> {
    const { hostname, port } = new URL(target);
    const server = createServer({ pauseOnConnect: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const line = new SlowLine(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('connection', (listener) => line.#join(listener, connect(Number(port), hostname)));
    return line;
  }

  set bitsPerSecond(rate: number) {
    this.#bitsPerSecond = rate;
    this.#freeAt = performance.now();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  #join(listener: Socket, upstream: Socket): void {
    for (const socket of [listener, upstream]) {
      this.#sockets.add(socket);
      // Whatever ends one side ends the other: the browser asks again on a new connection.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        listener.destroy();
        upstream.destroy();
      });
    }
    listener.pipe(upstream);
    this.#carry(upstream, listener).catch(() => listener.destroy());
  }

  async #carry(from: Socket, to: Socket): Promise<void> {
    for await (const bytes of from as AsyncIterable<Buffer>)
      for (let at = 0; at < bytes.length; at += PACKET) {
        const packet = bytes.subarray(at, at + PACKET);
        await this.#turn(packet.length);
        if (!to.write(packet)) await once(to, 'drain');
      }
    to.end();
  }

  async #turn(bytes: number): Promise<void> {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (bytes * 8_000) / this.#bitsPerSecond;
    if (this.#freeAt > now) await pause(this.#freeAt - now);
  }
}
