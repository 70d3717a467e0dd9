package sotto.node.core;

import sotto.libp2p.bytes.ByteReader;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.crypto.SecretBytes;
import sotto.node.api.DisplayName;
import sotto.node.api.SafeText;
import sotto.node.identity.Account;
import sotto.node.vault.Row;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;

/** Our own account and name, as the vault keeps them. */
record AccountRow(Account account, DisplayName name) {
    private static final String ACCOUNT = "account";
    private static final Bytes KEYS = Bytes.utf8("keys");
    private static final Bytes NAME = Bytes.utf8("name");

    void write(Transaction transaction) {
        try (SecretBytes keys = account.encode()) {
            transaction.table(ACCOUNT).put(KEYS, Bytes.owning(keys.copy()));
        }
        transaction.table(ACCOUNT).put(NAME, Bytes.utf8(name.toString()));
    }

    /** False in a vault whose making was cut short before its account was durable. */
    static boolean isIn(Tables tables) {
        return tables.table(ACCOUNT).get(KEYS).isPresent();
    }

    static AccountRow read(Crypto crypto, Tables tables) {
        Bytes keys = tables.table(ACCOUNT).get(KEYS).orElseThrow();
        Bytes name = tables.table(ACCOUNT).get(NAME).orElseThrow();
        return new AccountRow(
                Row.decode(keys, reader -> Account.decode(crypto, reader.rest())),
                Row.decode(name, reader -> new DisplayName(new SafeText(ByteReader.utf8(reader.rest())))));
    }
}
