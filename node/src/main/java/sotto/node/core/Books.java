package sotto.node.core;

import sotto.libp2p.crypto.Crypto;
import sotto.node.contact.ContactBook;
import sotto.node.contact.InvitationBook;
import sotto.node.contact.KnockBook;
import sotto.node.conversation.Conversations;
import sotto.node.directory.SequenceBook;
import sotto.node.vault.Tables;

/** What a node knows: its contacts, invitations, knocks, conversations and how far records got, as the vault keeps them. Confined to the node loop. */
record Books(
        ContactBook contacts,
        InvitationBook invitations,
        KnockBook knocks,
        Conversations conversations,
        SequenceBook sequences)
        implements AutoCloseable {
    static Books read(Crypto crypto, NodeLimits limits, Tables tables) {
        return new Books(
                new ContactBook(tables, limits.contactsMax()),
                new InvitationBook(crypto, tables, limits.invitationsMax()),
                new KnockBook(tables, limits.knocksMax()),
                new Conversations(),
                new SequenceBook(tables, limits.sequencesMax()));
    }

    /** True if nobody more may become a contact or be knocked at; whom a knock under way is for has a place already. */
    boolean areContactsFull() {
        return !contacts.hasRoomFor(knocks.all().size() + 1);
    }

    /** Wipes the secrets of all of them. */
    @Override
    public void close() {
        contacts.close();
        invitations.close();
        knocks.close();
    }
}
