/** A real Alertmanager and a real Prometheus, configured to act at once. */

import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { Folder, Program, freePort } from './process.ts';

/** As far as the tests change it. */
export interface AlertmanagerConfig {
    route: Record<string, unknown>;
    receivers: Record<string, unknown>[];
}

async function reload(url: string): Promise<void> {
    const answer = await fetch(`${url}/-/reload`, { method: 'POST' });
    if (!answer.ok) throw new Error(`${url} refused its new configuration: ${await answer.text()}`);
}

/** Sends alerts on without waiting for others to group them with. */
export class Alertmanager {
    private constructor(
        readonly url: string,
        private readonly folder: Folder,
        private readonly program: Program,
    ) {}

    static async start(): Promise<Alertmanager> {
        const folder = new Folder();
        const port = await freePort();
        const url = `http://127.0.0.1:${port}`;
        const config = folder.at('alertmanager.yml');
        writeFileSync(config, atOnce({ route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] }));
        const program = await Program.start('alertmanager', folder.at('log'), `${url}/-/ready`, 'prometheus-alertmanager', [
            `--config.file=${config}`,
            `--storage.path=${folder.at('data')}`,
            `--web.listen-address=127.0.0.1:${port}`,
            '--cluster.listen-address=',
        ]);
        return new Alertmanager(url, folder, program);
    }

    /** The version it says it is. */
    async version(): Promise<string> {
        const answer = await fetch(`${this.url}/api/v2/status`);
        const status = (await answer.json()) as { versionInfo: { version: string } };
        return status.versionInfo.version;
    }

    /** Replaces the configuration, as an administrator would. */
    async configure(config: AlertmanagerConfig): Promise<void> {
        writeFileSync(this.folder.at('alertmanager.yml'), atOnce(config));
        await reload(this.url);
    }

    async stop(): Promise<void> {
        await this.program.stop();
        this.folder.remove();
    }
}

/** The same configuration, without the pauses that a real one has. Each alert is a group of its own. */
function atOnce(config: AlertmanagerConfig): string {
    const route = { ...config.route, group_by: ['...'], group_wait: '0s', group_interval: '1s', repeat_interval: '1h' };
    return stringify({ ...config, route });
}

/** Evaluates its rules each second. */
export class Prometheus {
    private constructor(
        readonly url: string,
        private readonly folder: Folder,
        private readonly program: Program,
    ) {}

    static async start(alertmanager: Alertmanager): Promise<Prometheus> {
        const folder = new Folder();
        const port = await freePort();
        const url = `http://127.0.0.1:${port}`;
        const rules = folder.at('rules.yml');
        writeFileSync(rules, stringify({ groups: [] }));
        const targets = [{ targets: [new URL(alertmanager.url).host] }];
        writeFileSync(
            folder.at('prometheus.yml'),
            stringify({
                global: { evaluation_interval: '1s', scrape_interval: '1h' },
                alerting: { alertmanagers: [{ static_configs: targets }] },
                rule_files: [rules],
            }),
        );
        const program = await Program.start('prometheus', folder.at('log'), `${url}/-/ready`, 'prometheus', [
            `--config.file=${folder.at('prometheus.yml')}`,
            `--storage.tsdb.path=${folder.at('data')}`,
            `--web.listen-address=127.0.0.1:${port}`,
            '--web.enable-lifecycle',
            // For some seconds after each reload it knows no Alertmanager, and what fires then is lost until it is sent again.
            '--rules.alert.resend-delay=1s',
        ]);
        return new Prometheus(url, folder, program);
    }

    /** Adds a rule that fires as long as the rule is there. */
    async fire(alert: string, severity: string, summary: string): Promise<void> {
        const rule = { alert, expr: 'vector(1)', labels: { severity, job: 'e2e' }, annotations: { summary } };
        writeFileSync(this.folder.at('rules.yml'), stringify({ groups: [{ name: 'e2e', rules: [rule] }] }));
        await reload(this.url);
    }

    async stop(): Promise<void> {
        await this.program.stop();
        this.folder.remove();
    }
}
