// Reading and writing libp2p streams: bytes that can be checked, sent with back-pressure, counted and hashed as they arrive.
import { createHash } from 'node:crypto'

const CHUNK_BYTES = 64 * 1024

/** Bytes that differ everywhere: byte i of the whole is i * 31 + (i >> 8), cut to 8 bits. The Java end makes the same. */
export function pattern (offset, sizeBytes) {
  const bytes = new Uint8Array(sizeBytes)
  for (let i = 0; i < sizeBytes; i++) {
    const at = offset + i
    bytes[i] = (at * 31 + (at >>> 8)) & 0xff
  }
  return bytes
}

/** The SHA-256 of the first sizeBytes bytes of the pattern. */
export function patternHash (sizeBytes) {
  const hash = createHash('sha256')
  for (let offset = 0; offset < sizeBytes; offset += CHUNK_BYTES) {
    hash.update(pattern(offset, Math.min(CHUNK_BYTES, sizeBytes - offset)))
  }
  return hash.digest('hex')
}

/** Sends and waits where the stream asks for it. */
export async function send (stream, bytes) {
  if (!stream.send(bytes)) {
    await stream.onDrain()
  }
}

/** Sends the pattern; onSent hears how many bytes were accepted so far. */
export async function sendPattern (stream, sizeBytes, onSent = () => {}) {
  for (let offset = 0; offset < sizeBytes; offset += CHUNK_BYTES) {
    const chunk = pattern(offset, Math.min(CHUNK_BYTES, sizeBytes - offset))
    await send(stream, chunk)
    onSent(offset + chunk.byteLength)
  }
}

/** Resolves once the other end writes no more; rejects if the stream is reset. */
export function readToEnd (stream, onBytes) {
  return new Promise((resolve, reject) => {
    stream.addEventListener('message', event => {
      for (const part of event.data instanceof Uint8Array ? [event.data] : event.data) {
        onBytes(part)
      }
    })
    stream.addEventListener('end', () => resolve())
    stream.addEventListener('close', event => event.error == null ? resolve() : reject(event.error))
    if (stream.readableEnded) {
      resolve()
    }
  })
}

/** Reads to the end, counting and hashing. */
export async function readHashed (stream) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  await readToEnd(stream, part => {
    hash.update(part)
    sizeBytes += part.byteLength
  })
  return { sizeBytes, sha256: hash.digest('hex') }
}

/** Resolves with true if the stream is reset by the other end, false if it closes in peace. */
export function wasReset (stream) {
  return new Promise(resolve => {
    if (stream.status === 'reset' || stream.status === 'closed') {
      resolve(stream.status === 'reset')
    }
    stream.addEventListener('close', event => resolve(event.error != null && event.local !== true))
  })
}
