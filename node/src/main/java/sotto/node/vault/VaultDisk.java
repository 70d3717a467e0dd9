package sotto.node.vault;

import java.io.IOException;

/** Where the files of one vault are: the home folder, or in tests a disk that loses power. All file access goes through it. */
interface VaultDisk {
    boolean exists(VaultFileName name) throws IOException;

    /** Makes an empty file that only its owner may read, or empties the one that is there, and opens it. */
    DiskFile create(VaultFileName name) throws IOException;

    DiskFile open(VaultFileName name) throws IOException;

    void delete(VaultFileName name) throws IOException;

    /** Returns once it is durable which files exist. */
    void syncNames(SyncPoint point) throws IOException;
}
