package sotto.node.vault;

/** Every place where the vault waits for the disk, named by what must not be reordered around it. */
enum SyncPoint {
    /** That a vault is being made, before there is a part of it. */
    NAMES_BEGUN,
    /** The random journal of a new vault, before it is a vault. */
    CREATED_JOURNAL,
    /** The headers of a new vault, before it is a vault. */
    CREATED_MAIN,
    /** The key file of a new vault, before it is a vault. */
    CREATED_KEYS,
    /** That its files are there, before it is a vault. */
    NAMES_MADE,
    /** That it is a vault, before anything is acknowledged. */
    NAMES_DONE,
    /** The frames of a commit, before it is acknowledged. */
    BATCH,
    /** The first commit's acknowledgement mark after a checkpoint, before that commit is acknowledged. */
    MARK,
    /** The new key tables in the journal, before the first slot is overwritten. */
    TABLES,
    /** The slots, and the mark under the next journal key, before the header that holds these keys is written. */
    SLOTS,
    /** The header, before the journal it leaves behind is overwritten. */
    HEADER,
    /** What the key file knows of the newest header, before the journal that it left behind is overwritten. */
    WITNESS,
    /** Random bytes over a torn tail, before anything is appended there. */
    TAIL,
    /** A new key record, before anything is sealed under what it holds. */
    KEY_RECORD,
    /** The mark of the other header, before that header is written. */
    OTHER_MARK,
    /** The other header under the new root, before the old root goes. */
    OTHER_HEADER,
    /** Random bytes over the old key record, before an erasure is reported. */
    KEY_WIPED
}
