/**
 * Everything the double knows: records by id, counters for ids, clocks. All rules take a world, so a preview can run
 * on a copy and throw it away.
 */

import { EventEmitter } from 'node:events';
import { missing } from '../http/errors.mjs';
import { present } from '../http/present.mjs';
import { difference } from './difference.mjs';

/** The version that the official SDK pins. */
export const API_VERSION = '2026-10-28.endive';

const fresh = () => ({
    records: new Map(),
    kinds: new Map(),
    counters: {},
    offset: 0,
    settings: { after_retries: 'cancel' },
});

export class World extends EventEmitter {
    /** @param {string} url where the hosted pages are */
    constructor(url) {
        super();
        this.url = url;
        this.preview = false;
        this.reset();
    }

    reset() {
        this.data = fresh();
        this.idempotency = new Map();
        this.calls = [];
        this.failures = [];
        /** The call that is being answered; `null` while time passes. */
        this.request = null;
    }

    /** A copy to try something on: it says nothing to anybody. */
    copy() {
        const other = new World(this.url);
        const kinds = new Map(this.data.kinds);
        kinds.delete('event');
        const records = new Map([...kinds.values()].flatMap((known) => [...known]));
        // In one go, so that what is shared stays shared.
        other.data = structuredClone({ ...this.data, kinds, records });
        other.preview = true;
        return other;
    }

    /** Ids count up, so that a test finds the same ones each time. */
    id(prefix) {
        const next = (this.data.counters[prefix] ?? 0) + 1;
        this.data.counters[prefix] = next;
        return `${prefix}_${String(next).padStart(8, '0')}`;
    }

    add(record) {
        this.data.records.set(record.id, record);
        if (!this.data.kinds.has(record.object)) this.data.kinds.set(record.object, new Map());
        this.data.kinds.get(record.object).set(record.id, record);
        return record;
    }

    remove(record) {
        this.data.records.delete(record.id);
        this.data.kinds.get(record.object)?.delete(record.id);
    }

    find(id) {
        return this.data.records.get(id);
    }

    /** A record of a kind, or the error that Stripe gives. */
    get(kind, id, param = 'id') {
        const record = this.find(id);
        if (!record || record.object !== kind) throw missing(kind, id, param);
        return record;
    }

    /** Records of a kind, oldest first. */
    all(kind, account = null) {
        const known = this.data.kinds.get(kind) ?? new Map();
        return [...known.values()].filter((record) => (record.$account ?? null) === account && !record.deleted);
    }

    /** Seconds since 1970 as a test clock says, or without one the real time and what was added to it. */
    now(clock) {
        const frozen = clock ? this.find(clock) : undefined;
        return frozen ? (frozen.$now ?? frozen.frozen_time) : Math.floor(Date.now() / 1000) + this.data.offset;
    }

    /** Puts a clock, or the real one, to a time; nothing happens by that alone. */
    stand(clock, time) {
        if (clock) this.find(clock).$now = time;
        else this.data.offset = time - Math.floor(Date.now() / 1000);
    }

    /** @param {string} type @param {any} record @param {any} [previous] attributes before a change */
    emitEvent(type, record, previous) {
        if (this.preview) return;
        const event = this.add({
            id: this.id('evt'),
            object: 'event',
            ...(record.$account ? { account: record.$account } : {}),
            api_version: API_VERSION,
            created: this.now(record.$clock),
            data: { object: present(this, record), ...(previous ? { previous_attributes: previous } : {}) },
            livemode: false,
            pending_webhooks: 0,
            request: this.request ?? { id: null, idempotency_key: null },
            type,
            $account: record.$account,
        });
        this.emit('event', event);
    }

    /** Changes a record and tells what changed, if anything did. */
    change(type, record, make) {
        const before = present(this, record);
        make(record);
        const previous = difference(before, present(this, record));
        if (Object.keys(previous).length > 0) this.emitEvent(type, record, previous);
        return record;
    }
}
