// Commands over standard input and output: one line of JSON in is one command, one line out its answer with the same id,
// {"id", "ok": {…}} or {"id", "error": "…"}. Ends when standard input does.
import { createInterface } from 'node:readline'

/** Runs what comes in as methods of `commands`. */
export function serve (commands) {
  async function answer (line) {
    const { id, command, ...options } = JSON.parse(line)
    try {
      const outcome = await commands.run(command, options)
      return { id, ok: outcome ?? {} }
    } catch (error) {
      return { id, error: String(error?.stack ?? error) }
    }
  }

  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity })
  lines.on('line', line => {
    answer(line).then(outcome => process.stdout.write(JSON.stringify(outcome) + '\n'))
  })
  lines.on('close', () => process.exit(0))
}
