// Some js-libp2p hosts with a DHT each, all in this process, that are told what to do.
import { DhtNodes } from './dht.mjs'
import { serve } from './lines.mjs'

serve(new DhtNodes())
