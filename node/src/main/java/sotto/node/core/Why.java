package sotto.node.core;

import java.util.ArrayList;
import java.util.List;
import sotto.node.api.ContactPath;
import sotto.node.api.Explanation;
import sotto.node.contact.StoredContact;

/** Puts into sentences why things with a contact are as they are. */
record Why(StoredContact contact, ContactPath path, int waiting, boolean isNetworked, boolean isPursued) {
    Explanation explain() {
        List<String> reasons = new ArrayList<>();
        if (contact.isBlocked()) {
            reasons.add("you have blocked this contact: nothing is sent or received");
        }
        if (path != ContactPath.OFFLINE) {
            reasons.add("connected: messages arrive at once");
        } else if (!isNetworked) {
            reasons.add("no node is running: messages leave when one does");
        } else if (contact.addresses().isEmpty()) {
            reasons.add("no address of this contact is known: messages leave when it connects to you");
        } else if (isPursued) {
            int known = contact.addresses().size();
            reasons.add("nobody was recognised at the "
                    + (known == 1 ? "one known address" : known + " known addresses")
                    + " of this contact: it is offline or has moved; trying again by itself");
            reasons.add("if it has moved, ask for a new code and add it: the code says where your contact is now");
        } else {
            reasons.add("trying to connect");
        }
        if (!contact.isVerified()) {
            reasons.add("not verified: compare the safety number by another channel");
        }
        return new Explanation(path, waiting, reasons);
    }
}
