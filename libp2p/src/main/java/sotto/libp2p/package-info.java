/** Composition: builds a {@code Host} from a {@code Config}. Everything else lives in the rooms below. */
@org.jspecify.annotations.NullMarked
package sotto.libp2p;
