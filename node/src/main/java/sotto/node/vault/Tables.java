package sotto.node.vault;

/** The tables of a vault, to read. */
public interface Tables {
    /** The table of that name; empty where nothing was ever put. Names are ASCII, at most 64 characters, fixed at compile time. */
    Table table(String name);
}
