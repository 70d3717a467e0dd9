package sotto.node.cli;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sotto.node.api.AccountId;
import sotto.node.api.Contact;
import sotto.node.api.Event;
import sotto.node.api.FeedEvent;
import sotto.node.api.Message;

/** Events as {@code events} prints them, with the names that contacts have by then. Confined to one thread. */
final class EventView implements Event.Cases<JsonObject> {
    private final Map<AccountId, String> names = new HashMap<>();

    EventView(List<Contact> contacts) {
        contacts.forEach(this::learn);
    }

    /** {@code sequence} is left out where the event is not stored. */
    JsonObject of(FeedEvent told) {
        JsonObject json = new JsonObject();
        if (told.sequence() != FeedEvent.TRANSIENT) {
            json.addProperty("sequence", told.sequence());
        }
        json.addProperty("at", told.at().toString());
        String kind = told.event().getClass().getSimpleName();
        json.addProperty("event", Character.toLowerCase(kind.charAt(0)) + kind.substring(1));
        told.event().match(this).entrySet().forEach(member -> json.add(member.getKey(), member.getValue()));
        return json;
    }

    @Override
    public JsonObject messageStored(Event.MessageStored event) {
        return message(event.message());
    }

    @Override
    public JsonObject messageChanged(Event.MessageChanged event) {
        return message(event.message());
    }

    @Override
    public JsonObject contactAdded(Event.ContactAdded event) {
        return contact(event.contact());
    }

    @Override
    public JsonObject contactChanged(Event.ContactChanged event) {
        return contact(event.contact());
    }

    @Override
    public JsonObject contactRemoved(Event.ContactRemoved event) {
        return who(event.contact());
    }

    @Override
    public JsonObject knockSettled(Event.KnockSettled event) {
        JsonObject json = event.contact().map(this::contact).orElseGet(JsonObject::new);
        json.addProperty("knock", event.knock());
        json.addProperty("reason", event.reason());
        return json;
    }

    @Override
    public JsonObject invitationChanged(Event.InvitationChanged event) {
        return member("invitation", JsonViews.invitation(event.invitation()));
    }

    @Override
    public JsonObject invitationLeaked(Event.InvitationLeaked event) {
        return member("invitation", JsonViews.invitation(event.invitation()));
    }

    @Override
    public JsonObject pathChanged(Event.PathChanged event) {
        JsonObject json = who(event.contact());
        json.addProperty("path", event.path().word());
        return json;
    }

    @Override
    public JsonObject conversationRead(Event.ConversationRead event) {
        return who(event.contact());
    }

    @Override
    public JsonObject lifeChanged(Event.LifeChanged event) {
        JsonObject json = new JsonObject();
        json.addProperty("life", JsonViews.word(event.life()));
        return json;
    }

    @Override
    public JsonObject feedEnded(Event.FeedEnded event) {
        JsonObject json = new JsonObject();
        json.addProperty("reason", event.reason());
        return json;
    }

    private void learn(Contact contact) {
        names.put(contact.id(), contact.name().toString());
    }

    private JsonObject message(Message message) {
        JsonObject json = who(message.contact());
        String name = names.getOrDefault(message.contact(), message.contact().hex());
        json.add("message", JsonViews.message(message, message.isMine() ? JsonViews.ME : name));
        return json;
    }

    private JsonObject contact(Contact contact) {
        learn(contact);
        return member("contact", JsonViews.contact(contact));
    }

    /** The contact that an event without the whole contact is about: its id, and its name where there is one. */
    private JsonObject who(AccountId contact) {
        JsonObject who = new JsonObject();
        who.addProperty("id", contact.hex());
        String name = names.get(contact);
        if (name != null) {
            who.addProperty("name", name);
        }
        return member("contact", who);
    }

    private static JsonObject member(String name, JsonObject value) {
        JsonObject json = new JsonObject();
        json.add(name, value);
        return json;
    }
}
