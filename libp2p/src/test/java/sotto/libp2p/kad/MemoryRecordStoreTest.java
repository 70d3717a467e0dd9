package sotto.libp2p.kad;

import sotto.libp2p.host.RecordStore;

/** Proves that the store in memory keeps what every store promises. */
class MemoryRecordStoreTest extends RecordStoreContract {
    @Override
    RecordStore open() {
        return new MemoryRecordStore(self, LIMITS);
    }
}
