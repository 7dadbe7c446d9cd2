/** Keeps what the double knows in a file, so that it knows it again after it was started anew. */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { read, write } from './world/memory.mjs';

/** Changes of this time are written together. */
const PAUSE_MS = 200;
/** Raised when the memory changes so that an older one can't be used. */
const VERSION = 1;

export class Keeper {
    /**
     * @param {import('./world/world.mjs').World} world
     * @param {string} file
     */
    constructor(world, file) {
        this.world = world;
        this.file = file;
        this.written = '';
        this.timer = undefined;
    }

    /** Takes what the file has, if it is there. */
    load() {
        if (!existsSync(this.file)) return;
        const { version, data, idempotency } = read(readFileSync(this.file, 'utf8'));
        if (version !== VERSION) {
            throw new Error(`${this.file} was written by another version of the double; move it away to begin anew`);
        }
        this.world.data = data;
        this.world.idempotency = idempotency;
    }

    /** Something may have changed: it is written soon. */
    soon() {
        this.timer ??= setTimeout(() => this.now(), PAUSE_MS);
    }

    /** Writes what is known now, whole or not at all. */
    now() {
        clearTimeout(this.timer);
        this.timer = undefined;
        const { data, idempotency } = this.world;
        const text = write({ version: VERSION, data, idempotency });
        if (text === this.written) return;
        mkdirSync(dirname(this.file), { recursive: true });
        const beside = `${this.file}.new`;
        // It holds keys and cards of a game, and still is nobody else's business.
        writeFileSync(beside, text, { mode: 0o600 });
        renameSync(beside, this.file);
        this.written = text;
    }
}
