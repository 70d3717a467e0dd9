package sotto.node.core;

/** The version of this program. */
public final class Version {
    public static final String NAME = "0.1.0";

    private Version() {}
}
