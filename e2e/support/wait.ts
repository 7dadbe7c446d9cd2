/** Waiting for conditions outside of the browser; inside of it, `expect` does. */

const PAUSE_MS = 50;

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** Asks until the answer is neither empty nor an error. `what` completes "waited in vain for …". */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 30): Promise<T> {
    const deadline = Date.now() + seconds * 1000;
    let last: unknown = 'no answer';
    while (Date.now() < deadline) {
        try {
            const answer = await ask();
            if (answer) return answer;
        } catch (error) {
            if (error instanceof GivenUp) throw error;
            last = error;
        }
        await pause();
    }
    throw new Error(`waited ${seconds} s in vain for ${what} (${String(last)})`);
}

/** Thrown by a question that can't be answered any more. */
export class GivenUp extends Error {}

/** Whether something answers 200 at this address. */
export async function answers(url: string): Promise<boolean> {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return answer.status === 200;
}
