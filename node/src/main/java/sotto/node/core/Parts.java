package sotto.node.core;

import sotto.libp2p.crypto.Crypto;
import sotto.libp2p.runtime.EventLoop;
import sotto.node.api.AccountId;
import sotto.node.identity.Account;

/** What everything in an open node is built on. */
record Parts(Store store, Feed feed, Books books, Crypto crypto, EventLoop loop, Account account, NodeLimits limits) {
    AccountId own() {
        return account.id(crypto);
    }
}
