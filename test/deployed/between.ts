/**
 * A proxy between the functions and the emulator, which sees every request of the functions. It adds no failure of its
 * own: each request has a new connection to the emulator, and a function's connection stays open, because a connection
 * that one side closes while the other side uses it again is a failed request, and SES gets no second attempt.
 */
import { Agent, request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export abstract class Between {
  endpoint = "";
  /** The emulator. */
  target = "";
  private readonly agent = new Agent({ keepAlive: false });
  private readonly server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    this.handle(request, response).catch((error: Error) => response.writeHead(502).end(error.message));
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  protected abstract handle(request: IncomingMessage, response: ServerResponse): Promise<void>;

  /** The unchanged headers, with the host, because the signature covers it. */
  protected passed({ method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.target);
      ask({ hostname, port, method, path: url, headers, agent: this.agent }, resolve).on("error", reject).end(body);
    });
  }
}

export async function whole(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
