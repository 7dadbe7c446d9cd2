/** Billing periods in UTC. */

export const HOUR = 3600;
export const DAY = 24 * HOUR;

/**
 * The anchor moved on by whole intervals. A month that is too short ends the period on its last day, and the next
 * one goes back to the day of the anchor.
 * @param {number} anchor
 * @param {{interval: string, interval_count: number}} recurring
 * @param {number} times
 */
export function moved(anchor, { interval, interval_count: count }, times) {
    if (interval === 'day') return anchor + DAY * count * times;
    if (interval === 'week') return anchor + 7 * DAY * count * times;
    const start = new Date(anchor * 1000);
    const months = (interval === 'year' ? 12 : 1) * count * times;
    const first = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1));
    const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    const day = Math.min(start.getUTCDate(), days);
    const time = anchor - Math.floor(anchor / DAY) * DAY;
    return Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), day) / 1000 + time;
}

/** The first end of a period after `start`. */
export function nextEnd(anchor, recurring, start) {
    let times = 0;
    while (moved(anchor, recurring, times) <= start) times += 1;
    return moved(anchor, recurring, times);
}

export function monthsLater(time, months) {
    return moved(time, { interval: 'month', interval_count: 1 }, months);
}

/** `14 Mar 2026`, as Stripe writes in the descriptions of lines. */
export function day(time) {
    return new Date(time * 1000).toLocaleDateString('en-GB', {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
    });
}
