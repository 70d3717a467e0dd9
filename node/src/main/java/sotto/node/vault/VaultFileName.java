package sotto.node.vault;

/** The files a vault is made of, all in the home folder. */
enum VaultFileName {
    MAIN("vault.db"),
    JOURNAL("vault.journal"),
    KEYS("vault.key"),
    /** There only while a vault is being made: what lies beside it was never used and may be made anew. */
    UNFINISHED("vault.unfinished");

    private final String fileName;

    VaultFileName(String fileName) {
        this.fileName = fileName;
    }

    String fileName() {
        return fileName;
    }
}
