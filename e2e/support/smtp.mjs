// A real mail server that keeps what it is given: each message becomes a line of JSON in a file.
//
//   node smtp.mjs <port> <port that answers once it is ready> <file>

import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const [port, ready, file] = process.argv.slice(2);

const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
        simpleParser(stream).then(
            ({ to, subject, text }) => {
                appendFileSync(file, `${JSON.stringify({ to: to?.text ?? '', subject: subject ?? '', text: text ?? '' })}\n`);
                done();
            },
            (error) => done(error),
        );
    },
});

server.listen(Number(port), '127.0.0.1', () => {
    // Whoever starts this waits until an address answers.
    createServer((_, answer) => answer.end('ready')).listen(Number(ready), '127.0.0.1');
});
