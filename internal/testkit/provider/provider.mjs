// A sign-in service for tests: oidc-provider, a certified implementation, with its own pages for development. Whoever signs in as NAME is the
// person NAME of the service and called NAME there; as SUBJECT~NAME somebody else who is called NAME too. Names that begin with "unsure" have
// an address of mail that nobody verified. The settings come as JSON in the first argument; the line "ready" says that it answers.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const { issuer, port, client, secret, redirects, signedOut } = JSON.parse(process.argv[2])
const key = (type, options, alg) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `${alg}-${Date.now()}` })

const provider = new Provider(issuer, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: redirects, post_logout_redirect_uris: signedOut, grant_types: ['authorization_code'], response_types: ['code'] }],
  jwks: { keys: [key('rsa', { modulusLength: 2048 }, 'RS256'), key('ec', { namedCurve: 'P-256' }, 'ES256')] },
  cookies: { keys: ['for tests only'] },
  claims: { openid: ['sub'], profile: ['preferred_username', 'name'], email: ['email', 'email_verified'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  ttl: { Session: 3600, Grant: 3600, Interaction: 600, AccessToken: 300, IdToken: 300, AuthorizationCode: 60 },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => {
      const name = id.split('~').pop()
      return { sub: id, preferred_username: name, name, email: `${name}@example.org`, email_verified: !name.startsWith('unsure') }
    },
  }),
})
provider.proxy = true
provider.on('server_error', (ctx, err) => console.error(err))
createServer(provider.callback()).listen(port, '127.0.0.1', () => console.log('ready'))
process.stdin.on('end', () => process.exit(0)).resume() // it ends with the test that started it
