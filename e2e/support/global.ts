/** Before all tests: one filled database, which every server copies. */

import { makeTemplate } from './marketplace.ts';

export default function setUp(): () => void {
    const template = makeTemplate();
    return () => template.remove();
}
