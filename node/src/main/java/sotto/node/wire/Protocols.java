package sotto.node.wire;

import sotto.libp2p.host.ProtocolId;

/**
 * The names under which nodes speak the messenger's protocols. On all of them a message travels behind its length as an
 * unsigned varint, and a length beyond the bound of its protocol resets the stream before anything is allocated.
 */
public final class Protocols {
    /** Asks for a sealed record: one {@link AskToken} one way, the record or an empty message back. */
    public static final ProtocolId RECORD = new ProtocolId("/sotto/record/2");

    /** Delivers one knock: one block one way, one constant answer back. */
    public static final ProtocolId KNOCK = new ProtocolId("/sotto/knock/1");

    /** Finds out whether the two ends are contacts: one message of tags each way. */
    public static final ProtocolId RECOGNIZE = new ProtocolId("/sotto/recognize/1");

    /** Carries messages between two contacts that recognised each other on this connection. */
    public static final ProtocolId SESSION = new ProtocolId("/sotto/session/1");

    private Protocols() {}
}
