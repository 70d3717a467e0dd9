// js-libp2p's DHT with rules of its own, as commands. Options and outcomes are plain JSON; a node is called by its peer id.
import { identify } from '@libp2p/identify'
import { kadDHT, passthroughMapper } from '@libp2p/kad-dht'
import { noise } from '@libp2p/noise'
import { peerIdFromString } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { sha256 } from 'multiformats/hashes/sha2'

const PROTOCOL = '/x/kad/1.0.0'

const text = new TextDecoder()
const bytes = new TextEncoder()

/** A record is a number in text, of which the highest is the best. */
const number = value => {
  const read = Number.parseInt(text.decode(value), 10)
  if (!Number.isInteger(read)) {
    throw new Error('not a number')
  }
  return read
}

const best = values => values.reduce((best, value, i) => number(value) > number(values[best]) ? i : best, 0)

export class DhtNodes {
  #nodes = new Map()

  /** Runs the method of that name; private ones have a name that no JSON can say. */
  async run (name, options) {
    if (name === 'run' || name === 'constructor' || !Object.hasOwn(DhtNodes.prototype, name)) {
      throw new Error(`no command ${name}`)
    }
    return await this[name](options)
  }

  /** Starts a node that serves others, and connects it to some that it may know. */
  async start ({ entries = [] }) {
    const node = await createLibp2p({
      addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
      connectionMonitor: { enabled: false },
      // All come from one address here, and at once.
      connectionManager: { inboundConnectionThreshold: 1000, maxIncomingPendingConnections: 1000 },
      services: {
        identify: identify(),
        ping: ping(),
        dht: kadDHT({
          protocol: PROTOCOL,
          clientMode: false,
          peerInfoMapper: passthroughMapper,
          validators: { x: async (key, value) => { number(value) } },
          selectors: { x: (key, values) => best(values) },
          allowQueryWithZeroPeers: true,
          initialQuerySelfInterval: 200
        })
      }
    })
    this.#nodes.set(node.peerId.toString(), node)
    await Promise.all(entries.map(entry => node.dial(multiaddr(entry))))
    return { peer: node.peerId.toString(), address: node.getMultiaddrs()[0].toString() }
  }

  async stop ({ node }) {
    await this.#node(node).stop()
    this.#nodes.delete(node)
  }

  /** Waits until the routing table of a node has so many peers. */
  async awaitTable ({ node, size }) {
    const { routingTable } = this.#dht(node)
    await new Promise(resolve => {
      const check = () => {
        if (routingTable.size >= size) {
          routingTable.removeEventListener('peer:add', check)
          resolve()
        }
      }
      routingTable.addEventListener('peer:add', check)
      check()
    })
    return { size: routingTable.size }
  }

  /** Looks this node's own neighbourhood up. */
  async refresh ({ node }) {
    const found = []
    for await (const event of this.#dht(node).getClosestPeers(this.#node(node).peerId.toMultihash().bytes)) {
      if (event.name === 'FINAL_PEER') {
        found.push(event.peer.id.toString())
      }
    }
    return { found }
  }

  /** Puts a record; tells who took it. */
  async put ({ node, key, value }) {
    const taken = []
    for await (const event of this.#dht(node).put(bytes.encode(key), bytes.encode(value))) {
      if (event.name === 'PEER_RESPONSE' && event.messageName === 'PUT_VALUE') {
        taken.push(event.from.toString())
      }
    }
    return { taken }
  }

  /** The best value of a key, and who had a copy. */
  async get ({ node, key }) {
    let value = null
    const holders = []
    for await (const event of this.#dht(node).get(bytes.encode(key))) {
      if (event.name === 'PEER_RESPONSE' && event.record != null) {
        holders.push(event.from.toString())
      }
      if (event.name === 'VALUE') {
        value = text.decode(event.value)
      }
    }
    return { value, holders }
  }

  /** Where a peer can be dialled, as others say. */
  async findPeer ({ node, peer }) {
    for await (const event of this.#dht(node).findPeer(peerIdFromString(peer), { useCache: false })) {
      if (event.name === 'FINAL_PEER') {
        return { addresses: event.peer.multiaddrs.map(String) }
      }
    }
    return { addresses: [] }
  }

  /** Announces that a node has some content. */
  async provide ({ node, content }) {
    const told = []
    for await (const event of this.#dht(node).provide(await this.#cid(content))) {
      if (event.name === 'PEER_RESPONSE' && event.messageName === 'ADD_PROVIDER') {
        told.push(event.from.toString())
      }
    }
    return { told }
  }

  /** Who has some content, as peers other than the asking one say. */
  async findProviders ({ node, content }) {
    const providers = new Set()
    for await (const event of this.#dht(node).findProviders(await this.#cid(content))) {
      if (event.name === 'PEER_RESPONSE') {
        event.providers.forEach(provider => providers.add(provider.id.toString()))
      }
    }
    return { providers: [...providers] }
  }

  async #cid (content) {
    return CID.createV1(raw.code, await sha256.digest(bytes.encode(content)))
  }

  #node (peer) {
    const node = this.#nodes.get(peer)
    if (node == null) {
      throw new Error('no such node')
    }
    return node
  }

  #dht (peer) {
    return this.#node(peer).services.dht
  }
}
