import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What is left of the bytes at an address; null where they come as they are. */
export type DamageOf = (path: string, bytes: Buffer) => Buffer | null;

/** A line to a server that spoils some of the bytes on the way, media unless told otherwise, and tells nobody: lengths and status stay right. */
export class DamagingLine {
  readonly damaged: string[] = [];
  damageOf: DamageOf = () => null;
  concerns = (path: string): boolean => path.endsWith('.m4s');

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<DamagingLine> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const line = new DamagingLine(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => {
      const { method, headers, url = '/' } = asked;
      // Whole and as they are: neither packed nor known from before.
      const plain = { ...headers, 'accept-encoding': 'identity' };
      delete plain['if-none-match'];
      const passed = request(new URL(url, target), { method, headers: plain }, (response) => {
        line.#answer(url, response, answer).catch(() => answer.destroy());
      });
      passed.on('error', () => answer.destroy());
      asked.pipe(passed);
    });
    return line;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async #answer(url: string, response: IncomingMessage, answer: ServerResponse): Promise<void> {
    const [path = ''] = url.split('?');
    const { statusCode = 502, headers } = response;
    if (statusCode !== 200 || !this.concerns(path)) {
      answer.writeHead(statusCode, headers);
      response.pipe(answer);
      return;
    }
    const whole = await buffer(response);
    const spoilt = this.damageOf(path, whole);
    if (spoilt) this.damaged.push(path);
    const bytes = spoilt ?? whole;
    answer.writeHead(statusCode, { ...headers, 'content-length': bytes.length }).end(bytes);
  }
}
