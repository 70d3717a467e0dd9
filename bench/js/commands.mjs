// What a js peer can be told to do. Each command is a method; its options and its outcome are plain JSON.
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { startHost } from './host.mjs'
import { COUNT, ECHO, Protocols, RESET, SLOW, WATCH } from './protocols.mjs'
import { patternHash, readHashed, readToEnd, send, sendPattern, wasReset } from './streams.mjs'

const STREAM_OPTIONS = { maxOutboundStreams: 64 }

export class Commands {
  #host
  #protocols = new Protocols()
  #slowWrites = new Map()

  /** Runs the method of that name; private ones have a name that no JSON can say. */
  async run (name, options) {
    if (name === 'run' || name === 'constructor' || !Object.hasOwn(Commands.prototype, name)) {
      throw new Error(`no command ${name}`)
    }
    return await this[name](options)
  }

  /** Starts a host with a fresh key of a kind: Ed25519, secp256k1, ECDSA or RSA. */
  async start ({ key = 'Ed25519' }) {
    this.#host = await startHost(key)
    await this.#protocols.serve(this.#host)
    return { peer: this.#host.peerId.toString(), addresses: this.#host.getMultiaddrs().map(String) }
  }

  async dial ({ address }) {
    const connection = await this.#host.dial(multiaddr(address))
    return { peer: connection.remotePeer.toString(), muxer: connection.multiplexer, encryption: connection.encryption }
  }

  /** Asks the other end who it is. */
  async identify ({ peer }) {
    const known = await this.#host.services.identify.identify(await this.#connection(peer))
    return {
      agentVersion: known.agentVersion,
      protocolVersion: known.protocolVersion,
      protocols: known.protocols,
      listenAddresses: known.listenAddrs.map(String),
      observedAddress: known.observedAddr?.toString() ?? null
    }
  }

  async ping ({ peer }) {
    return { milliseconds: await this.#host.services.ping.ping(peerIdFromString(peer)) }
  }

  /** Sends a pattern over some streams at once and reads it back from each. */
  async echo ({ peer, sizeBytes, streams = 1 }) {
    await Promise.all(Array.from({ length: streams }, () => this.#echoOnce(peer, sizeBytes)))
    return { sizeBytes, streams }
  }

  async #echoOnce (peer, sizeBytes) {
    const stream = await this.#open(peer, ECHO)
    const reading = readHashed(stream)
    await sendPattern(stream, sizeBytes)
    await stream.close()
    const read = await reading
    if (read.sizeBytes !== sizeBytes || read.sha256 !== patternHash(sizeBytes)) {
      throw new Error(`the echo of ${sizeBytes} bytes came back as ${read.sizeBytes}, ${read.sha256}`)
    }
  }

  /** Sends, closes its own direction, and reads the answer that comes only after that. */
  async count ({ peer, sizeBytes }) {
    const stream = await this.#open(peer, COUNT)
    const reading = this.#answer(stream)
    await sendPattern(stream, sizeBytes)
    await stream.close()
    return this.#checked(await reading, sizeBytes)
  }

  /** Begins to send to a reader that does not read; slowAccepted tells how far it got. */
  async fillSlow ({ peer, sizeBytes }) {
    const stream = await this.#open(peer, SLOW)
    const state = { acceptedBytes: 0, sizeBytes, answer: this.#answer(stream) }
    state.sending = sendPattern(stream, sizeBytes, accepted => { state.acceptedBytes = accepted }).then(() => stream.close())
    state.sending.catch(() => {})
    state.answer.catch(() => {})
    this.#slowWrites.set(peer, state)
  }

  async slowAccepted ({ peer }) {
    return { acceptedBytes: this.#slowWrites.get(peer).acceptedBytes }
  }

  /** Waits until the slow reader has read it all, after all. */
  async finishSlow ({ peer }) {
    const state = this.#slowWrites.get(peer)
    await state.sending
    return this.#checked(await state.answer, state.sizeBytes)
  }

  async resumeSlow () {
    this.#protocols.resumeSlow()
  }

  async slowReaders () {
    return this.#protocols.slowReaders()
  }

  /** Whether the other end refuses a protocol. */
  async isRefused ({ peer, protocol }) {
    try {
      const stream = await this.#open(peer, protocol)
      stream.abort(new Error('not refused'))
      return { isRefused: false }
    } catch (error) {
      return { isRefused: error.name === 'UnsupportedProtocolError' }
    }
  }

  /** Opens a stream that the other end resets. */
  async expectReset ({ peer }) {
    const stream = await this.#open(peer, RESET)
    const reset = wasReset(stream)
    await send(stream, new Uint8Array([1]))
    return { wasReset: await reset }
  }

  /** Opens a stream, sends, and resets it. */
  async reset ({ peer }) {
    const stream = await this.#open(peer, WATCH)
    await send(stream, new Uint8Array([1, 2, 3]))
    stream.abort(new Error('reset on purpose'))
  }

  /** What became of the next stream that the other end opens to be watched. */
  async watched () {
    return { wasReset: await this.#protocols.nextWatched() }
  }

  /** Offers one protocol more and tells all connections by identify push. */
  async pushIdentify ({ protocol }) {
    await this.#host.handle(protocol, stream => stream.close())
    await this.#host.services.identifyPush.push()
  }

  /** Waits until the other end has told, unasked, that it speaks a protocol. */
  async awaitProtocol ({ peer, protocol }) {
    const id = peerIdFromString(peer)
    const isKnown = async () => (await this.#host.peerStore.get(id)).protocols.includes(protocol)
    await new Promise((resolve, reject) => {
      const check = () => isKnown().then(known => {
        if (known) {
          this.#host.removeEventListener('peer:update', check)
          resolve()
        }
      }, reject)
      this.#host.addEventListener('peer:update', check)
      check()
    })
  }

  async memory () {
    globalThis.gc?.()
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
    return { rss, heapUsed, external, arrayBuffers }
  }

  /** Waits until there is no connection to a peer any more. */
  async awaitClosed ({ peer }) {
    await new Promise(resolve => {
      const check = () => {
        if (this.#host.getConnections(peerIdFromString(peer)).length === 0) {
          this.#host.removeEventListener('connection:close', check)
          resolve()
        }
      }
      this.#host.addEventListener('connection:close', check)
      check()
    })
  }

  async hangUp ({ peer }) {
    await this.#host.hangUp(peerIdFromString(peer))
  }

  async stop () {
    await this.#host.stop()
  }

  /** The connection to a peer, once it is there: a dial by the other end may be through over there before it is here. */
  async #connection (peer) {
    const id = peerIdFromString(peer)
    while (this.#host.getConnections(id).length === 0) {
      await new Promise(resolve => this.#host.addEventListener('connection:open', resolve, { once: true }))
    }
    return this.#host.getConnections(id)[0]
  }

  async #open (peer, protocol) {
    const connection = await this.#connection(peer)
    return await connection.newStream(protocol, STREAM_OPTIONS)
  }

  async #answer (stream) {
    const parts = []
    await readToEnd(stream, part => parts.push(part))
    return JSON.parse(Buffer.concat(parts).toString())
  }

  #checked (answer, sizeBytes) {
    if (answer.sizeBytes !== sizeBytes || answer.sha256 !== patternHash(sizeBytes)) {
      throw new Error(`${sizeBytes} bytes arrived as ${answer.sizeBytes}, ${answer.sha256}`)
    }
    return answer
  }
}
