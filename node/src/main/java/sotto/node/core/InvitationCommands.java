package sotto.node.core;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.Invitation;
import sotto.node.api.InvitationTerms;
import sotto.node.contact.InvitationBook;
import sotto.node.contact.StoredInvitation;

/** The commands of the API on invitations. Confined to the node loop. */
final class InvitationCommands {
    private final Parts parts;
    private final Invitations invitations;
    private final InvitationBook book;
    private final Views views;
    private final Presence presence;

    InvitationCommands(Parts parts, Invitations invitations, Views views, Presence presence) {
        this.parts = parts;
        this.invitations = invitations;
        this.book = parts.books().invitations();
        this.views = views;
        this.presence = presence;
    }

    CompletionStage<Invitation> invite(InvitationTerms terms) {
        CompletionStage<List<Multiaddr>> hints =
                terms.hasHints() ? presence.hints(parts) : CompletableFuture.completedFuture(List.of());
        return hints.thenCompose(named -> invitations.invite(terms, named))
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
