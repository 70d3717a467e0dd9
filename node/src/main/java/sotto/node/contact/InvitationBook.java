package sotto.node.contact;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sotto.libp2p.bytes.Bytes;
import sotto.libp2p.crypto.Crypto;
import sotto.node.api.InvitationTerms;
import sotto.node.vault.Table;
import sotto.node.vault.Tables;
import sotto.node.vault.Transaction;
import sotto.node.wire.AskToken;
import sotto.node.wire.KnockBlock;
import sotto.node.wire.Locator;

/**
 * Our invitations by label, in memory beside the vault as {@link ContactBook}, and the knocks that were let in by them: a
 * knock that is sent again, even after its sender was removed, shows nothing. Confined to the node loop.
 */
public final class InvitationBook implements AutoCloseable {
    public static final int LABEL_BYTES_MAX = 64;

    /** How long an expired invitation is still shown, and its knocks still known as knocks. */
    static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(30);

    private static final String INVITATIONS = "invitations";
    private static final String CONSUMED = "consumed-knocks";

    private final Map<String, StoredInvitation> invitations = new TreeMap<>();

    // To a label, so that what a stranger asks by costs one look-up.
    private final Map<AskToken, String> labels = new HashMap<>();

    private final Crypto crypto;
    private final int invitationsMax;

    /** Reads the book, which is full with {@code invitationsMax} invitations. */
    public InvitationBook(Crypto crypto, Tables tables, int invitationsMax) {
        this.crypto = crypto;
        this.invitationsMax = invitationsMax;
        for (Table.Entry entry : BookRows.all(tables, INVITATIONS, invitationsMax)) {
            String label = new String(entry.key().toArray(), StandardCharsets.UTF_8);
            remember(StoredInvitation.fromRow(crypto, label, entry.value()));
        }
    }

    public Collection<StoredInvitation> all() {
        return List.copyOf(invitations.values());
    }

    public boolean isFull() {
        return invitations.size() >= invitationsMax;
    }

    public Optional<StoredInvitation> find(String label) {
        return Optional.ofNullable(invitations.get(label));
    }

    public Optional<StoredInvitation> find(Locator locator) {
        return invitations.values().stream()
                .filter(invitation -> invitation.keys().locator().equals(locator))
                .findFirst();
    }

    /** The invitation whose record is asked for by {@code token}. */
    public Optional<StoredInvitation> find(AskToken token) {
        return Optional.ofNullable(labels.get(token)).flatMap(label -> find(label));
    }

    /** Adds or replaces. */
    public void put(Transaction transaction, StoredInvitation invitation) {
        transaction.table(INVITATIONS).put(Bytes.utf8(invitation.label()), invitation.toRow());
        remember(invitation);
    }

    private void remember(StoredInvitation invitation) {
        invitations.put(invitation.label(), invitation);
        labels.put(invitation.keys().askToken(crypto), invitation.label());
    }

    /** A label that no invitation has: {@code invitation 1} and so on. */
    public String freeLabel() {
        int number = 1;
        while (invitations.containsKey("invitation " + number)) {
            number++;
        }
        return "invitation " + number;
    }

    /** True if this very knock was let in before. */
    public boolean wasConsumed(Tables tables, KnockBlock.Offer offer) {
        return tables.table(CONSUMED).get(consumedKey(offer)).isPresent();
    }

    /** Remembers a knock that is let in; kept as long as the invitation itself. */
    public void consume(Transaction transaction, KnockBlock.Offer offer) {
        transaction.table(CONSUMED).put(consumedKey(offer), Bytes.EMPTY);
    }

    /** True if there are invitations that {@link #forget} would forget. */
    public boolean hasForgettable(Instant now) {
        return invitations.values().stream().anyMatch(invitation -> isForgettable(invitation, now));
    }

    /** Forgets invitations whose last knock can long have arrived, with their keys and the knocks they let in. */
    public void forget(Transaction transaction, Instant now) {
        List<StoredInvitation> old = invitations.values().stream()
                .filter(invitation -> isForgettable(invitation, now))
                .toList();
        for (StoredInvitation invitation : old) {
            transaction.table(INVITATIONS).remove(Bytes.utf8(invitation.label()));
            transaction
                    .table(CONSUMED)
                    .withPrefix(invitation.keys().locator().bytes(), InvitationTerms.USES_MAX)
                    .forEach(row -> transaction.table(CONSUMED).remove(row.key()));
            invitations.remove(invitation.label());
            labels.remove(invitation.keys().askToken(crypto));
            invitation.keys().close();
        }
    }

    /** Wipes the private halves. */
    @Override
    public void close() {
        invitations.values().forEach(invitation -> invitation.keys().close());
    }

    private static boolean isForgettable(StoredInvitation invitation, Instant now) {
        return invitation.terms().expiresAt().plus(KEPT_AFTER_EXPIRY).isBefore(now);
    }

    private static Bytes consumedKey(KnockBlock.Offer offer) {
        return Bytes.concat(offer.locator().bytes(), offer.ephemeral().bytes());
    }
}
