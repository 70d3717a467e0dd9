// The load that `./sotto bench libp2p` puts on a pair of js-libp2p hosts: `node load.mjs serve` prints its address and serves until
// its input ends; `node load.mjs load ADDRESS SECONDS` measures and prints a line per figure. HostLoad.java is the same for ours.
import { multiaddr } from '@multiformats/multiaddr'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { identify } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { createLibp2p } from 'libp2p'
import { readToEnd, send } from './streams.mjs'

const ECHO = '/bench/echo/1'
const SINK = '/bench/sink/1'
const PARALLEL = 8
const PIECE_BYTES = 64 * 1024
const ONE_WAY_BYTES_PER_SECOND = 64 * 1024 * 1024
const MANY = 100_000
const STREAM_OPTIONS = { maxInboundStreams: MANY, maxOutboundStreams: MANY }

async function newHost (listen) {
  return await createLibp2p({
    addresses: { listen },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionMonitor: { enabled: false },
    connectionManager: { maxConnections: MANY, inboundConnectionThreshold: MANY, maxIncomingPendingConnections: MANY },
    services: { identify: identify(), ping: ping() }
  })
}

async function serve () {
  const host = await newHost(['/ip4/127.0.0.1/tcp/0'])
  await host.handle(ECHO, async stream => {
    await readToEnd(stream, bytes => stream.send(bytes)).catch(() => {})
    await stream.close().catch(() => {})
  }, STREAM_OPTIONS)
  await host.handle(SINK, async stream => {
    await readToEnd(stream, () => {}).catch(() => {})
    await stream.close().catch(() => {})
  }, STREAM_OPTIONS)
  console.log(String(host.getMultiaddrs()[0]))
  process.stdin.on('end', () => process.exit(0)).resume()
}

const seconds = () => performance.now() / 1000

class Load {
  constructor (server, span) {
    this.server = multiaddr(server)
    this.span = span
  }

  /** Everything twice: the first time warms the machine up. */
  async measure () {
    await this.connectionsPerSecond(PARALLEL)
    print('connections-1', await this.connectionsPerSecond(1))
    print('connections-8', await this.connectionsPerSecond(PARALLEL))
    const host = await newHost([])
    const connection = await host.dial(this.server)
    print('round-trip-64', await this.roundTripMicros(connection, 64))
    print('round-trip-1024', await this.roundTripMicros(connection, 1024))
    print('round-trip-new-stream', await this.newStreamMicros(connection))
    await this.oneWayMegabytes(connection, 1)
    print('one-way-1', await this.oneWayMegabytes(connection, 1))
    print('one-way-8', await this.oneWayMegabytes(connection, PARALLEL))
    process.exit(0)
  }

  /** Secured and multiplexed connections, some hosts each making one after another. */
  async connectionsPerSecond (parallel) {
    const hosts = await Promise.all(Array.from({ length: parallel }, () => newHost([])))
    const start = seconds()
    const made = await Promise.all(hosts.map(host => this.connectRepeatedly(host)))
    const took = seconds() - start
    await Promise.all(hosts.map(host => host.stop()))
    return made.reduce((sum, each) => sum + each, 0) / took
  }

  async connectRepeatedly (host) {
    let made = 0
    for (const end = seconds() + this.span; seconds() < end; made++) {
      const connection = await host.dial(this.server, { force: true })
      await connection.close()
    }
    return made
  }

  async roundTripMicros (connection, sizeBytes) {
    const ask = asker(await connection.newStream(ECHO, STREAM_OPTIONS), sizeBytes)
    await this.medianMicros(ask)
    return await this.medianMicros(ask)
  }

  async newStreamMicros (connection) {
    const step = async () => {
      const stream = await connection.newStream(ECHO, STREAM_OPTIONS)
      await asker(stream, 64)()
      stream.close().catch(() => {})
    }
    await this.medianMicros(step)
    return await this.medianMicros(step)
  }

  /** A fixed amount, not a fixed time: a js stream takes more than it sends, and a loop that never yields sends nothing. */
  async oneWayMegabytes (connection, count) {
    const total = this.span * ONE_WAY_BYTES_PER_SECOND
    const streams = await Promise.all(Array.from({ length: count }, () => connection.newStream(SINK, STREAM_OPTIONS)))
    const start = seconds()
    await Promise.all(streams.map(stream => this.write(stream, total / count)))
    return total / 1e6 / (seconds() - start)
  }

  async write (stream, sizeBytes) {
    const piece = new Uint8Array(PIECE_BYTES)
    const arrived = readToEnd(stream, () => {})
    for (let written = 0; written < sizeBytes; written += piece.byteLength) {
      await send(stream, piece)
    }
    await stream.close()
    await arrived
  }

  async medianMicros (step) {
    const micros = []
    for (const end = seconds() + this.span; seconds() < end;) {
      const start = seconds()
      await step()
      micros.push((seconds() - start) * 1e6)
    }
    micros.sort((a, b) => a - b)
    return micros[Math.floor(micros.length / 2)]
  }
}

/** Sends and waits for as much to come back, each time it is called. */
function asker (stream, sizeBytes) {
  const question = new Uint8Array(sizeBytes)
  let received = 0
  let answered = () => {}
  stream.addEventListener('message', event => {
    received += event.data.byteLength
    if (received === sizeBytes) {
      received = 0
      answered()
    }
  })
  return () => new Promise(resolve => {
    answered = resolve
    stream.send(question)
  })
}

function print (name, value) {
  console.log(`${name} ${value}`)
}

if (process.argv[2] === 'serve') {
  await serve()
} else {
  await new Load(process.argv[3], Number(process.argv[4])).measure()
}
