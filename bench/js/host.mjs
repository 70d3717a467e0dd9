// A js-libp2p host on loopback: TCP, Noise, Yamux, identify, identify push and ping.
import { generateKeyPair, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import { identify, identifyPush } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { peerIdFromMultihash } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { sha256 } from 'multiformats/hashes/sha2'

const RSA_BITS = 2048

// Its windows grow up to this. By default it aborts a stream that it holds more than a quarter of unread, though the other end
// sent no more than it was granted: a pause of the echo then looks like a reset out of the blue.
const WINDOW_BYTES_MAX = 16 * 1024 * 1024

/** Starts a host with a fresh key of a kind. */
export async function startHost (kind) {
  const privateKey = await generateKeyPair(kind, kind === 'RSA' ? RSA_BITS : undefined)
  const options = {
    privateKey,
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux({ streamOptions: { maxStreamWindowSize: WINDOW_BYTES_MAX, maxReadBufferLength: WINDOW_BYTES_MAX } })],
    // A test dials on purpose; nothing is to be dialled, closed or pinged behind its back.
    connectionMonitor: { enabled: false },
    services: { identify: identify({ runOnConnectionOpen: false }), identifyPush: identifyPush(), ping: ping() }
  }
  return kind === 'ECDSA' ? await startEcdsaHost(options) : await createLibp2p(options)
}

/**
 * js-libp2p makes ECDSA keys and proves them in the Noise handshake, but its createLibp2p knows no peer id of that kind. The
 * host behind it does not mind: it is made here directly, with the id that the specification says.
 */
async function startEcdsaHost (options) {
  const { Libp2p } = await import(new URL('./libp2p.js', import.meta.resolve('libp2p')).href)
  const peerId = peerIdFromMultihash(await sha256.digest(publicKeyToProtobuf(options.privateKey.publicKey)))
  const host = new Libp2p({ ...options, peerId })
  await host.start()
  return host
}
