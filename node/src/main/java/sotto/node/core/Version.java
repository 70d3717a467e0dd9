package sotto.node.core;

/** The version of this program. */
final class Version {
    static final String NAME = "0.1.0";

    private Version() {}
}
