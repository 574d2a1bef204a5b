import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';

/** A listener on loopback that counts who comes. */
export class NetCanary {
  connections = 0;
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {
    server.on('connection', (socket) => {
      this.connections++;
      socket.destroy();
    });
  }

  static async listen(): Promise<NetCanary> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const address = server.address();
    return new NetCanary(server, typeof address === 'object' && address !== null ? address.port : 0);
  }

  close(): void {
    this.server.close();
  }
}

/** A process that holds a secret in its environment, as the service does. */
export const secretHolder = (secret: string): ChildProcess =>
  spawn('/bin/sleep', ['600'], { env: { CANARY: secret }, stdio: 'ignore' });
