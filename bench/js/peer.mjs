// A js-libp2p host that is told what to do.
import { Commands } from './commands.mjs'
import { serve } from './lines.mjs'

serve(new Commands())
