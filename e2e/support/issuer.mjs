// A real OpenID Connect issuer for one client. Anybody may sign in under any name with any password.
//
//   node issuer.mjs <port> <redirect address of the client>

import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
    clients: [{ client_id: 'marketplace', client_secret: 'marketplace-secret', redirect_uris: [redirect] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username', 'groups'] },
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({
            sub: id,
            email: `${id}@northwind.example`,
            email_verified: true,
            name: `${id[0].toUpperCase()}${id.slice(1)} Klein`,
            preferred_username: id,
            groups: id === 'ada' ? ['platform'] : ['on-call'],
        }),
    }),
});

provider.listen(Number(port), '127.0.0.1');
