package sotto.node.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import sotto.node.api.Contact;
import sotto.node.api.DisplayName;
import sotto.node.api.Explanation;
import sotto.node.api.Invitation;
import sotto.node.api.Knock;
import sotto.node.api.Message;
import sotto.node.api.MessageState;
import sotto.node.api.Status;

/** How {@code --json} shows things. Scripts depend on it: members are added, never renamed or removed ({@code docs/manual.md}). */
final class JsonViews {
    /** Who wrote a message, where it was us. */
    static final String ME = "me";

    private JsonViews() {}

    static JsonObject status(Status status) {
        JsonObject json = new JsonObject();
        status.account().ifPresent(account -> {
            json.addProperty("name", account.name().toString());
            json.addProperty("accountId", account.id().hex());
        });
        json.addProperty("life", word(status.life()));
        json.add("listen", array(status.listen()));
        json.addProperty("connections", status.connections());
        json.addProperty("directoryServers", status.directoryServers());
        json.addProperty("outbox", status.outbox());
        json.addProperty("lanOnly", status.isLanOnly());
        json.addProperty("refusedNonLocal", status.refusedNonLocal());
        json.addProperty("cipher", status.cipher());
        json.addProperty("lastSequence", status.lastSequence());
        json.addProperty("version", status.version());
        return json;
    }

    /** {@code path} is one of lan, direct, relay, mailbox, offline. */
    static JsonObject contact(Contact contact) {
        JsonObject json = new JsonObject();
        json.addProperty("name", contact.name().toString());
        json.addProperty("id", contact.id().hex());
        json.addProperty("verified", contact.isVerified());
        json.addProperty("path", contact.path().word());
        json.addProperty("blocked", contact.isBlocked());
        json.addProperty("announcedName", contact.announcedName().toString());
        json.addProperty("invitationLabel", contact.invitationLabel());
        json.add(
                "lookalikes",
                array(contact.lookalikes().stream().map(DisplayName::toString).toList()));
        json.addProperty("mixedScripts", contact.mixesScripts());
        json.addProperty("safetyNumber", contact.safetyNumber());
        json.addProperty("since", contact.since().toString());
        return json;
    }

    /** {@code from} is {@link #ME} or the contact's name, {@code mine} says which; {@code state} one of queued, delivered, failed. */
    static JsonObject message(Message message, String from) {
        JsonObject json = new JsonObject();
        json.addProperty("id", message.id().hex());
        json.addProperty("from", from);
        json.addProperty("mine", message.isMine());
        json.addProperty("text", message.text().value());
        json.addProperty("state", message.state().word());
        json.addProperty("at", message.at().toString());
        if (message.state() instanceof MessageState.Failed failed) {
            json.addProperty("reason", failed.reason());
        }
        return json;
    }

    static JsonObject invitation(Invitation invitation) {
        JsonObject json = new JsonObject();
        json.addProperty("label", invitation.label());
        json.addProperty("code", invitation.code());
        json.addProperty("state", word(invitation.state()));
        json.addProperty("publication", word(invitation.publication()));
        json.addProperty("uses", invitation.uses());
        json.addProperty("usesLeft", invitation.usesLeft());
        json.addProperty("createdAt", invitation.createdAt().toString());
        json.addProperty("expiresAt", invitation.expiresAt().toString());
        return json;
    }

    static JsonObject knock(Knock knock) {
        JsonObject json = new JsonObject();
        json.addProperty("knock", knock.id());
        json.add("hints", array(knock.hints()));
        json.addProperty("since", knock.since().toString());
        json.addProperty("expiresAt", knock.expiresAt().toString());
        return json;
    }

    static JsonObject explanation(Explanation why) {
        JsonObject json = new JsonObject();
        json.addProperty("path", why.path().word());
        json.addProperty("waiting", why.waiting());
        json.add("reasons", array(why.reasons()));
        return json;
    }

    static JsonArray array(Iterable<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
