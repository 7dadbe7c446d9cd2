/** Programs that a test needs: started on free ports, with their own log, stopped by process id. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GivenUp, answers, until } from './wait.ts';

/** Time to end by itself after it was asked to. */
const GRACE_MS = 5000;

/** Variables on top of our own; `undefined` takes one away. */
export type Environment = Record<string, string | undefined>;

const running = new Set<Program>();
// A run that is cut short leaves nothing behind.
process.once('exit', () => running.forEach((program) => program.kill()));

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const probe = createServer();
        probe.once('error', reject);
        probe.listen(0, '127.0.0.1', () => {
            const address = probe.address();
            probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
        });
    });
}

/** A folder that is removed with `remove`. */
export class Folder {
    readonly path = mkdtempSync(join(tmpdir(), 'marketplace-e2e-'));

    at(name: string): string {
        return join(this.path, name);
    }

    remove(): void {
        rmSync(this.path, { recursive: true, force: true });
    }
}

/** A running program. */
export class Program {
    private readonly child: ChildProcess;
    private readonly ended: Promise<void>;

    private constructor(
        readonly name: string,
        readonly log: string,
        command: string,
        args: string[],
        env: Environment,
    ) {
        const file = openSync(log, 'a');
        this.child = spawn(command, args, { stdio: ['ignore', file, file], env: { ...process.env, ...env } });
        closeSync(file);
        this.ended = new Promise((resolve) => {
            this.child.once('exit', () => resolve());
            this.child.once('error', () => resolve());
        });
        running.add(this);
    }

    /** Starts it and waits until `readyUrl` answers. */
    static async start(
        name: string,
        log: string,
        readyUrl: string,
        command: string,
        args: string[],
        env: Environment = {},
    ): Promise<Program> {
        const program = new Program(name, log, command, args, env);
        try {
            await until(`${name} to be ready`, async () => {
                if (program.hasEnded()) throw new GivenUp(`${name} ended:\n${program.lastLines()}`);
                return answers(readyUrl);
            });
        } catch (error) {
            await program.stop();
            throw error;
        }
        return program;
    }

    /** All that are running in this process. */
    static all(): Program[] {
        return [...running];
    }

    hasEnded(): boolean {
        return this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined;
    }

    lastLines(): string {
        return readFileSync(this.log, 'utf8').split('\n').slice(-40).join('\n');
    }

    /** Asks it to end, and insists after a while. */
    async stop(): Promise<void> {
        if (!this.hasEnded()) {
            this.child.kill('SIGTERM');
            const insist = setTimeout(() => this.child.kill('SIGKILL'), GRACE_MS);
            await this.ended;
            clearTimeout(insist);
        }
        running.delete(this);
    }

    /** Ends it without asking. */
    kill(): void {
        this.child.kill('SIGKILL');
    }
}

/** Runs a program to its end; throws with what it said when it fails. */
export function runToEnd(command: string, args: string[], env: Environment): void {
    const done = spawnSync(command, args, { env: { ...process.env, ...env }, encoding: 'utf8' });
    if (done.status !== 0) {
        const why = done.error ?? `status ${done.status}\n${done.stdout}${done.stderr}`;
        throw new Error(`${command} ${args.join(' ')} failed: ${String(why)}`);
    }
}
