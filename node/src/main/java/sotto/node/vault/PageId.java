package sotto.node.vault;

/** The name of a page. */
record PageId(Region region, int number) {}
