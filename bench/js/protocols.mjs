// The protocols that both ends of the interop test serve. The Java end has the same, under the same names.
import { readHashed, readToEnd, send, wasReset } from './streams.mjs'

/** Sends back what it reads, and ends when the other end does. */
export const ECHO = '/sotto-interop/echo/1'
/** Reads to the end, then answers with a line of JSON: {"sizeBytes", "sha256"}. Proves half-close. */
export const COUNT = '/sotto-interop/count/1'
/** Like COUNT, but does not begin to read before it is told to. */
export const SLOW = '/sotto-interop/slow/1'
/** Resets the stream at the first byte. */
export const RESET = '/sotto-interop/reset/1'
/** Reads and remembers whether the other end reset the stream. */
export const WATCH = '/sotto-interop/watch/1'

const STREAMS_MAX = 64

/** Serves them all on a host. */
export class Protocols {
  #slow = []
  #watched = []
  #watchers = []

  async serve (host) {
    const options = { maxInboundStreams: STREAMS_MAX, maxOutboundStreams: STREAMS_MAX }
    await host.handle(ECHO, stream => this.#echo(stream).catch(error => stream.abort(error)), options)
    await host.handle(COUNT, stream => this.#count(stream).catch(error => stream.abort(error)), options)
    await host.handle(SLOW, stream => {
      stream.pause()
      this.#slow.push(stream)
      this.#count(stream).catch(error => stream.abort(error))
    }, options)
    await host.handle(RESET, stream => {
      stream.addEventListener('message', () => stream.abort(new Error('reset on purpose')))
    }, options)
    await host.handle(WATCH, stream => {
      stream.addEventListener('message', () => {})
      this.#watched.push(wasReset(stream))
      this.#watchers.splice(0).forEach(arrived => arrived())
    }, options)
  }

  /** Lets the slow readers read. */
  resumeSlow () {
    for (const stream of this.#slow.splice(0)) {
      stream.resume()
    }
  }

  /** How many slow readers wait, and what they hold unread. */
  slowReaders () {
    return { streams: this.#slow.length, heldBytes: this.#slow.reduce((sum, stream) => sum + stream.readBufferLength, 0) }
  }

  /** Resolves with what became of the next stream opened to be watched: true if it was reset. */
  async nextWatched () {
    while (this.#watched.length === 0) {
      await new Promise(resolve => this.#watchers.push(resolve))
    }
    return await this.#watched.shift()
  }

  async #echo (stream) {
    await readToEnd(stream, part => {
      if (!stream.send(part) && stream.readStatus === 'readable') {
        stream.pause()
        stream.onDrain().then(() => this.#resume(stream)).catch(error => stream.abort(error))
      }
    })
    await stream.close()
  }

  /** The other end may have ended meanwhile, which closes a paused stream that holds nothing. */
  #resume (stream) {
    if (stream.readStatus === 'paused') {
      stream.resume()
    }
  }

  async #count (stream) {
    const read = await readHashed(stream)
    await send(stream, new TextEncoder().encode(JSON.stringify(read) + '\n'))
    await stream.close()
  }
}
