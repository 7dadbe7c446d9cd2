/** A name server with the records that a test publishes. */

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { RECURSION_AVAILABLE, decode, encode } from 'dns-packet';

/** Code of an answer that says that there is no such name (RFC 1035, 4.1.1). */
const NO_SUCH_NAME = 3;

/** A running name server. */
export class NameServer {
    private readonly records = new Map<string, string>();

    private constructor(private readonly socket: Socket) {
        socket.on('message', (message, from) => socket.send(this.answer(message), from.port, from.address));
    }

    static async start(): Promise<NameServer> {
        const socket = createSocket('udp4');
        socket.bind(0, '127.0.0.1');
        await once(socket, 'listening');
        return new NameServer(socket);
    }

    /** `host:port`. */
    get address(): string {
        return `127.0.0.1:${this.socket.address().port}`;
    }

    /** Publishes a TXT record. */
    publish(name: string, text: string): void {
        this.records.set(name, text);
    }

    private answer(message: Buffer): Buffer {
        const { id, questions = [] } = decode(message);
        const name = questions[0]?.name ?? '';
        const text = this.records.get(name);
        const answers = text === undefined ? [] : [{ type: 'TXT' as const, name, ttl: 60, data: text }];
        const flags = RECURSION_AVAILABLE | (text === undefined ? NO_SUCH_NAME : 0);
        return encode({ type: 'response', id, flags, questions, answers });
    }

    async stop(): Promise<void> {
        this.socket.close();
        await once(this.socket, 'close');
    }
}
