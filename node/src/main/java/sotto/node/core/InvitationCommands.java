package sotto.node.core;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.contact.InvitationBook;
import sotto.node.contact.StoredInvitation;

/** The commands of the API on invitations. Confined to the node loop. */
final class InvitationCommands {
    private static final int HINTS_MAX = 3;

    private final Invitations invitations;
    private final InvitationBook book;
    private final Views views;
    private final Presence presence;

    InvitationCommands(Invitations invitations, InvitationBook book, Views views, Presence presence) {
        this.invitations = invitations;
        this.book = book;
        this.views = views;
        this.presence = presence;
    }

    CompletionStage<Invitation> invite(InvitationTerms terms) {
        List<Multiaddr> hints = terms.hasHints()
                ? presence.addresses().stream().limit(HINTS_MAX).toList()
                : List.of();
        return invitations
                .invite(terms, hints)
                .thenCompose(made -> presence.publish(made).thenApply(published -> views.invitation(made)));
    }

    List<Invitation> all() {
        return book.all().stream()
                .sorted(Comparator.comparing(
                        (StoredInvitation invitation) -> invitation.terms().createdAt()))
                .map(views::invitation)
                .toList();
    }

    CompletionStage<Void> revoke(String label) {
        return invitations.revoke(label).thenAccept(presence::recordChanged);
    }
}
