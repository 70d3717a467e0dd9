package sotto.node.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sotto.libp2p.peer.Multiaddr;
import sotto.node.api.DisplayName;
import sotto.node.contact.ContactNumber;
import sotto.node.contact.StoredContact;
import sotto.node.wire.SessionMessage;

/**
 * Writes down what contacts say of themselves: the first at once, then the newest once in a while, whatever a contact says in
 * between and however often it comes back. Confined to the node loop.
 */
final class Profiles {
    /** How long nothing more of a contact's profile is written. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Parts parts;
    private final Contacts contacts;

    // Contacts whose profile was just written, with what they have said since.
    private final Map<ContactNumber, Optional<SessionMessage.Profile>> pausing = new HashMap<>();
    private boolean isStopped;

    Profiles(Parts parts, Contacts contacts) {
        this.parts = parts;
        this.contacts = contacts;
    }

    void stop() {
        isStopped = true;
    }

    void onProfile(ContactNumber contact, SessionMessage.Profile profile) {
        if (pausing.containsKey(contact)) {
            pausing.put(contact, Optional.of(profile));
        } else if (!isStopped && write(contact, profile)) {
            pausing.put(contact, Optional.empty());
            parts.loop().schedule(PAUSE, () -> pausing.remove(contact).ifPresent(next -> onProfile(contact, next)));
        }
    }

    /** False where nothing is new. */
    private boolean write(ContactNumber number, SessionMessage.Profile profile) {
        Optional<StoredContact> known = parts.books().contacts().find(number);
        if (known.isEmpty()) {
            return false;
        }
        String name = DisplayName.of(profile.name()).toString();
        List<Multiaddr> addresses = profile.addresses().list();
        StoredContact moved = addresses.isEmpty() ? known.get() : known.get().reachedAt(addresses);
        if (!name.equals(moved.names().announced())) {
            contacts.change(moved.announcing(name));
        } else if (!moved.addresses().equals(known.get().addresses())) {
            contacts.moved(moved);
        } else {
            return false;
        }
        return true;
    }
}
