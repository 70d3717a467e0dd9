package sotto.node.core;

/** How many at once, and how many a second after that. */
record Rate(int burst, double perSecond) {}
