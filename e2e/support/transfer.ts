/** What a first visit downloads, in bytes on the wire. */

import type { Page } from '@playwright/test';

export interface Transfer {
    url: string;
    kind: 'document' | 'script' | 'wasm' | 'style' | 'other';
    /** Headers included. */
    bytes: number;
    encoding: string;
    cacheControl: string;
}

function kindOf(type: string): Transfer['kind'] {
    if (type === 'text/html') return 'document';
    if (type === 'application/wasm') return 'wasm';
    if (type === 'text/css') return 'style';
    return type.includes('javascript') ? 'script' : 'other';
}

/** Visits a page with an empty cache and lists what came. */
export async function firstVisit(page: Page, visit: () => Promise<void>): Promise<Transfer[]> {
    const transfers = new Map<string, Transfer>();
    const session = await page.context().newCDPSession(page);
    session.on('Network.responseReceived', ({ requestId, response }) => {
        if (!response.url.startsWith('http')) return;
        const headers = new Headers(response.headers);
        transfers.set(requestId, {
            url: response.url,
            kind: kindOf(response.mimeType),
            bytes: 0,
            encoding: headers.get('content-encoding') ?? '',
            cacheControl: headers.get('cache-control') ?? '',
        });
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        const transfer = transfers.get(requestId);
        if (transfer) transfer.bytes = encodedDataLength;
    });
    await session.send('Network.enable');
    await visit();
    await session.detach();
    return [...transfers.values()];
}

/** The sum of those of some kinds; of all when none is named. */
export function bytes(transfers: Transfer[], ...kinds: Transfer['kind'][]): number {
    const counted = transfers.filter((it) => kinds.length === 0 || kinds.includes(it.kind));
    return counted.reduce((sum, it) => sum + it.bytes, 0);
}

/** As people read it. */
export function kilobytes(count: number): string {
    return `${(count / 1000).toFixed(1)} KB`;
}
